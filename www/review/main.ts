// Starts the review page: reads the settings, puts the desk on the page and connects it to the service.
import "../theme/base.css";
import "./shell/shell.css";
import "./shell/over.css";
import { createHttp } from "./api/http.js";
import { CsDesk } from "./shell/cs-desk.js";
import { SECTION_IDS } from "./shell/sections.js";
import { Desk } from "./state/desk.js";
import { keepLive } from "./state/live.js";
import { applySettings, readSettings } from "./state/settings.js";
import { initial } from "./state/state.js";
import { Store } from "./state/store.js";

const http = createHttp(new URL("../api/v1/", document.baseURI));
const store = new Store(initial(readSettings()));
const desk = new Desk(store, http, SECTION_IDS);

applySettings(store.state.settings);
store.subscribe((state, before) => {
  if (state.settings !== before.settings) applySettings(state.settings);
});

let started = false;

/** Fills the page once the service knows who is looking; a page that was refused may try again. */
async function open(): Promise<void> {
  if (!(await desk.open())) return;
  if (!started) {
    addEventListener("popstate", () => void desk.places.go(location.hash));
    keepLive(store, desk, http.address("events"));
    started = true;
  }
  await desk.places.go(location.hash);
}

const page = new CsDesk();
page.store = store;
page.desk = desk;
page.retry = () => void open();
document.body.append(page);
void open();
