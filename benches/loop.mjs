// The rival: one regular expression for each rule, tried one after the other, as a forum's plugin would do it.
import { createRequire } from "node:module";
import { spread, timed } from "./times.mjs";

const EFFORT = { checks: 2_000, largeChecks: 1 };

/** npm `re2`, where it is installed; it compiles for minutes where its binary cannot be downloaded, so it is no dependency. */
export function re2() {
  try {
    return createRequire(import.meta.url)("re2");
  } catch {
    return undefined;
  }
}

function compile(Expression, source) {
  try {
    return [new Expression(source, "i")];
  } catch {
    return [];
  }
}

/** Times in µs of trying every expression on a post; `compiled` says how many there are, `found` how many posts any matches. */
export function measureLoop(Expression, expressions, posts, large) {
  let compiled = [];
  const cold = timed(() => {
    compiled = expressions.flatMap(([, source]) => compile(Expression, source));
    check(posts[0]);
  });
  function check({ post }) {
    let found = 0;
    for (const expression of compiled) if (expression.test(post.body)) found += 1;
    return found;
  }
  return { ...spread(check, posts, large, EFFORT), cold, compiled: compiled.length, found: posts.filter((post) => check(post) > 0).length };
}
