/**
 * Lets through once, within one call, exactly the text a human approved: for what NodeBB builds anew on its way (chat, profiles).
 *
 * Another plugin may write something of its own within the same call; that is another text, and is judged.
 */
"use strict";

const { AsyncLocalStorage } = require("node:async_hooks");

/** Texts on their way. */
class Passing {
  /** @type {AsyncLocalStorage<{ text: string | null }>} */
  #storage = new AsyncLocalStorage();

  /** @template T @param {string} text @param {() => Promise<T>} work */
  run(text, work) {
    return this.#storage.run({ text }, work);
  }

  /** Whether `text` is the one, which it is once. @param {string} text */
  takes(text) {
    const store = this.#storage.getStore();
    if (store === undefined || store.text !== text) return false;
    store.text = null;
    return true;
  }
}

module.exports = { Passing };
