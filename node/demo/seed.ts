/**
 * Two ordinary threads, so that the forum does not open on an empty page. They pass the gate like everything else.
 */
import type { Forum } from "./forum.js";
import { PEOPLE } from "./people.js";

const THREADS = [
  {
    title: "Which dashboard replaced the old latency board?",
    posts: [
      { by: "lior", body: "The bookmark I had for the latency board ends in a 404 since the migration. Where did it go?" },
      { by: "mira", body: "It moved to **Observability → Services → Latency**. The old link redirects from next week on." },
    ],
  },
  {
    title: "Office hours for the data platform, Thursdays at 14:00",
    posts: [
      { by: "dana", body: "We hold open office hours every Thursday. Bring a query that is too slow, or a table nobody understands." },
      { by: "lior", body: "Nice. I will bring the one with 312 columns." },
    ],
  },
];

/** Fills an empty forum. */
export async function seed(forum: Forum): Promise<void> {
  if (forum.store.threads().length > 0) return;
  for (const thread of THREADS) await seedThread(forum, thread);
}

async function seedThread(forum: Forum, { title, posts }: (typeof THREADS)[number]): Promise<void> {
  let thread: string | undefined;
  for (const { by, body } of posts) {
    const person = PEOPLE.get(by);
    if (!person) continue;
    const posted = await forum.post({ person, auth: "session" }, thread === undefined ? { title, body } : { thread, body });
    if ("post" in posted) thread = posted.post.thread;
  }
}
