/**
 * Veils, in the page, instructions that change permissions, with the module the package ships. It is advice to the reader: the gate
 * on the server is the lock, and labels come from there.
 */
"use strict";

(() => {
  /** What the server said of each post, as it came with the page or with a later load. */
  const said = new Map();
  const note = (posts) => {
    for (const post of posts ?? []) if (post?.pid) said.set(String(post.pid), post.countersign);
  };

  const read = (element) => {
    const pid = element.getAttribute("data-pid");
    const bodyElement = element.querySelector('[component="post/content"]');
    if (!pid || !bodyElement) return null;
    const badgeElement = element.querySelector('[component="post/header"]') ?? bodyElement;
    const author = { id: element.getAttribute("data-uid") ?? "0" };
    // The label stands in the text already, put there by the server.
    const origin = { label: "unknown", basis: "none", evidence: [] };
    const cleared = said.get(pid)?.cleared === true;
    return { id: pid, body: bodyElement.textContent, bodyElement, badgeElement, author, origin, cleared };
  };

  let running = null;
  const start = async () => {
    if (running) return;
    const address = `${config.relative_path}/countersign/client/countersign-client.js`;
    running = import(/* webpackIgnore: true */ address).then((client) => client.start({ selector: '[component="post"]', read }));
    await running.catch(() => {
      running = null;
    });
  };

  require(["hooks"], (hooks) => {
    hooks.on("action:topic.loaded", () => {
      note(ajaxify.data.posts);
      void start();
    });
    hooks.on("action:posts.loading", ({ posts }) => note(posts));
    hooks.on("action:posts.edited", ({ post }) => said.delete(String(post?.pid)));
  });
})();
