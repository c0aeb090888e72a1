/**
 * The forum's page: its elements and, like in any host, one call that starts Countersign's client.
 */
import "../theme/base.css";
import "./demo.css";
import "./guide.css";
import { DemoApp } from "./app.js";
import { protectPosts } from "./countersign.js";

customElements.define("demo-app", DemoApp);
void protectPosts();
