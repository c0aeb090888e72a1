// @ts-check
/**
 * Clients of a running NodeBB: a browser's session, the bearer of an API token, and the probe inside the forum.
 */

/** An answer, with its text. @typedef {{ status: number, text: string, location: string, json(): any }} Answer */

/** @param {Response} response @returns {Promise<Answer>} */
async function read(response) {
  const text = await response.text();
  return { status: response.status, text, location: response.headers.get("location") ?? "", json: () => JSON.parse(text) };
}

/** @param {string} url */
export function clientsOf(url) {
  /** @param {string} path @param {RequestInit} [init] */
  const ask = async (path, init = {}) => read(await fetch(url + path, { redirect: "manual", ...init }));

  /** @param {string} method @param {unknown} body @param {Record<string, string>} headers @returns {RequestInit} */
  const json = (method, body, headers) => ({
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

  return {
    /** Anybody. @param {string} path @param {Record<string, string>} [headers] */
    async guest(path, headers = {}) {
      const answer = await ask(path, { headers });
      const to = new URL(answer.location || path, url);
      // A remote post leads to its own server, which this forum does not answer for.
      return answer.location !== "" && to.origin === new URL(url).origin ? ask(to.pathname + to.search, { headers }) : answer;
    },

    /** With an API token. @param {string} token */
    bearer: (token) => (/** @type {string} */ method, /** @type {string} */ path, /** @type {unknown} */ body) =>
      ask(path, json(method, body, { authorization: `Bearer ${token}` })),

    /** Signs in with a password. @param {string} username @param {string} password */
    async session(username, password) {
      const jar = new Map();
      const keep = (/** @type {Response} */ response) => {
        for (const cookie of response.headers.getSetCookie()) jar.set(cookie.split("=")[0], cookie.split(";")[0]);
        return response;
      };
      const cookies = () => [...jar.values()].join("; ");
      const visit = async (/** @type {string} */ path, /** @type {RequestInit} */ init = {}) =>
        read(keep(await fetch(url + path, { redirect: "manual", ...init, headers: { ...init.headers, cookie: cookies() } })));
      const token = async () => (await visit("/api/config")).json().csrf_token;
      const form = new URLSearchParams({ username, password });
      await visit("/login", { method: "POST", body: form, headers: { "x-csrf-token": await token() } });
      const csrf = await token();
      return {
        get: (/** @type {string} */ path) => visit(path),
        call: (/** @type {string} */ method, /** @type {string} */ path, /** @type {unknown} */ body) =>
          visit(path, json(method, body, { "x-csrf-token": csrf })),
        form: (/** @type {string} */ path, /** @type {Record<string, string>} */ body) =>
          visit(path, {
            method: "POST",
            body: new URLSearchParams({ ...body, _csrf: csrf, csrf_token: csrf }),
            headers: { "x-csrf-token": csrf },
          }),
        cookies: () => [...jar.values()].map((cookie) => cookie.split(/=(.*)/s)),
      };
    },

    /** Calls a function inside the forum. @param {string} module @param {string} method @param {...unknown} args */
    async inside(module, method, ...args) {
      const answer = await ask("/probe", json("POST", { module, method, args }, {}));
      if (answer.status === 200) return answer.json().result;
      throw new Error(answer.status === 400 ? answer.json().message : `the probe is not installed in this forum (${answer.status})`);
    },
  };
}
