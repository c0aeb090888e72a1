#!/usr/bin/env node
// @ts-check
/**
 * Plays every way in against a running NodeBB with the plugin and the probe, and prints what became of each as a table.
 *
 *     node drive.mjs --url http://127.0.0.1:4567 [--screenshots FOLDER]
 *
 * The forum has to be one that is thrown away afterwards: it gets accounts, posts and settings.
 */
import { parseArgs } from "node:util";
import { gather } from "./cast.mjs";
import { decisions } from "./decisions.mjs";
import { whereRead } from "./readers.mjs";
import { WAYS } from "./ways.mjs";

/** @typedef {import("./cast.mjs").Cast} Cast */

const letters = "bcdfghjklmnpqrstvwz";
const syllable = () => letters.charAt(Math.floor(Math.random() * letters.length)) + "aeiou".charAt(Math.floor(Math.random() * 5));
/** A word that stands nowhere else. */
const rare = () => Array.from({ length: 6 }, syllable).join("");
const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {Cast} cast @param {string} content */
async function ask(cast, content) {
  const answer = await /** @type {any} */ (cast.sessions.dana).call("POST", "/api/v3/topics", {
    cid: 1,
    title: "The deploy job fails",
    content,
  });
  return answer.json().response;
}

/** @param {Cast} cast @returns {Promise<import("./ways.mjs").Stage>} */
async function stage(cast) {
  const { tid } = await ask(cast, "It cannot read the shared folder. Any idea?");
  const asked = async () => (await ask(cast, "It cannot read the shared folder. @Help-Bot can you help?")).tid;
  return {
    tid,
    asked,
    async answered() {
      const own = await asked();
      const { pid } = (await cast.bearer(cast.tokens.agent)("POST", `/api/v3/topics/${own}`, { content: "A harmless answer." })).json()
        .response;
      return { tid: own, pid };
    },
  };
}

/** @param {string[]} seen @param {import("./ways.mjs").Way} way */
function result(seen, { kind }) {
  if (seen.length > 0) return `**visible**: ${seen.join(", ")}`;
  return kind === "edit" ? "held on edit, the old text stays" : "held before visible";
}

/**
 * A person's reply, which has to be found everywhere a held one is not: what a reader cannot show proves nothing.
 *
 * @param {Cast} cast @param {import("./ways.mjs").Stage} place
 */
async function control(cast, { tid }) {
  const word = rare();
  const answer = await /** @type {any} */ (cast.sessions.lior).call("POST", `/api/v3/topics/${tid}`, {
    content: `Have a look at ${word}.`,
  });
  await pause(3000);
  const seen = await whereRead(cast, word, { tid, pids: [answer.json().response.pid] });
  return { way: "For comparison: a person's reply", result: `visible: ${seen.join(", ")}`, answer: "200", text: "" };
}

/** @param {Cast} cast */
async function table(cast) {
  const place = await stage(cast);
  const rows = [await control(cast, place)];
  console.error(rows[0]?.result);
  for (const way of WAYS) {
    const word = rare();
    const { answer, published = false, room, ...where } = await way.act(cast, word, place);
    await pause(1200);
    const seen = (await whereRead(cast, word, where)).filter((name) => !published || !/mail|notifications/.test(name));
    const told =
      room === undefined ? "" : (await /** @type {any} */ (cast.sessions.dana).call("GET", `/api/v3/chats/${room}/messages`)).text;
    if (told.includes(word)) seen.push("chat");
    rows.push({
      way: way.name,
      result: result(seen, way),
      answer: answer ? `${answer.status}` : "",
      text: answer?.text.slice(0, 300) ?? "",
    });
    console.error(
      `${rows.length}/${WAYS.length} ${way.name}: ${rows.at(-1)?.result} (${answer?.status}) ${answer?.status === 200 ? "" : answer?.text.slice(0, 160)}`,
    );
  }
  return rows;
}

const { values } = parseArgs({ options: { url: { type: "string" }, screenshots: { type: "string" } } });
if (values.url === undefined) {
  console.error("name the forum: --url http://127.0.0.1:4567");
  process.exit(2);
}
const cast = await gather(values.url);
const rows = await table(cast);
const pictured = values.screenshots === undefined ? [] : [await (await import("./browser.mjs")).replay(cast, values.screenshots)];
const decided = await decisions(cast, { rare, ask: (content) => ask(cast, content), pause });
console.log("| way in | measured |\n|---|---|");
const all = [...rows, ...pictured, ...decided];
for (const { way, result: measured } of all) console.log(`| ${way} | ${measured} |`);
process.exitCode = all.some(({ result: measured }) => measured.startsWith("**")) ? 1 : 0;
