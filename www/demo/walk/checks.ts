/**
 * Looks for a text everywhere a reader could meet it: the page as shown, the API, search and the feed.
 */
import { api } from "../api.js";

/** One place that was looked at. */
export interface Check {
  where: string;
  absent: boolean;
}

/** A run of `text` that is easy to look for: its first line of code, or its beginning, without characters a feed escapes. */
export function needleOf(text: string): string {
  const code = /^```[^\n]*\n([^\n]+)/mu.exec(text)?.[1];
  const line = (code ?? text.trim().split("\n")[0] ?? "").trim();
  return (line.split(/[&<>"']/u)[0] ?? "").slice(0, 60).trim();
}

/** Looks as whoever is viewing now. */
export async function lookFor(needle: string, thread: string): Promise<Check[]> {
  const [answer, found, feed] = await Promise.all([api.thread(thread), api.search(needle), api.feed()]);
  const page = document.querySelector("demo-thread")?.textContent ?? "";
  return [
    { where: "The thread's page", absent: !page.includes(needle) },
    { where: `API: GET /api/threads/${thread.slice(0, 8)}…`, absent: answer.ok && !JSON.stringify(answer.value).includes(needle) },
    { where: `Search for “${needle.slice(0, 24)}…”`, absent: found.ok && found.value.posts.length === 0 },
    { where: "Feed: /feed.atom", absent: !feed.includes(needle) },
  ];
}
