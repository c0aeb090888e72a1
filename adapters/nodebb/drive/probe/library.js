/**
 * Lets a driver on this machine call NodeBB's own functions inside a forum that is being tried out: to make accounts, to post as
 * another plugin or a remote server would, and to see what would have been mailed. Whoever can reach it owns the forum.
 */
"use strict";

const { nodebb } = /** @type {{ nodebb: { require(path: string): any } }} */ (/** @type {unknown} */ (globalThis));

const LOCAL = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** Everything mailed since the start. @type {string[]} */
const mails = [];

/** `module`'s function at the path `method`. @param {{ module: string, method: string, args: unknown[] }} call */
async function act({ module, method, args }) {
  if (module === "mails") return mails;
  const path = method.split(".");
  const name = path.pop() ?? "";
  const owner = path.reduce((object, key) => object[key], nodebb.require(module));
  return owner[name](...args);
}

/** @param {{ router: any }} params */
exports.load = async ({ router }) => {
  nodebb.require("./src/plugins").hooks.register("nodebb-plugin-countersign-probe", {
    hook: "static:email.send",
    method: async (/** @type {{ to: string, subject: string, html: string }} */ { to, subject, html }) => {
      mails.push(`${to}\n${subject}\n${html}`);
    },
  });
  router.post("/probe", async (/** @type {any} */ request, /** @type {any} */ response) => {
    if (!LOCAL.has(request.socket.remoteAddress)) return response.sendStatus(404);
    try {
      response.json({ result: (await act(request.body)) ?? null });
    } catch (error) {
      response.status(400).json({ message: error instanceof Error ? error.message : String(error) });
    }
  });
};
