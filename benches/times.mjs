// Times work in µs.

/** The µs that `work` takes. */
export function timed(work) {
  const from = performance.now();
  work();
  return (performance.now() - from) * 1000;
}

/** The value below which `part` of `times` lie. */
export function quantile(times, part) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * part)];
}

const CHECKS = 20_000;

/** p50 and p99 of `check` on `posts`, each seen once before, and its median on each of the `large` ones. */
export function spread(check, posts, large, { checks = CHECKS, largeChecks = 5 } = {}) {
  for (const post of posts) check(post);
  const times = Array.from({ length: checks }, (_, index) => timed(() => check(posts[index % posts.length])));
  const medians = large.map((post) =>
    quantile(
      Array.from({ length: largeChecks }, () => timed(() => check(post))),
      0.5,
    ),
  );
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), large: medians };
}
