// Listens to the service's events. The browser resumes a dropped stream itself (`Last-Event-ID`); a refused one stays closed, so it is reopened here.
import type { PostEvent } from "./types.js";

const RETRY_MS = 5_000;

/** What happens on the stream. */
export type Listener = { opened(): void; lost(): void; post(event: PostEvent): void };

function parse(data: string): PostEvent | null {
  try {
    return JSON.parse(data) as PostEvent;
  } catch {
    return null;
  }
}

/**
 * Follows the events at `url` until the returned function is called.
 *
 * @param url the address of `/api/v1/events`
 */
export function follow(url: URL, listener: Listener): () => void {
  let source: EventSource;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    source = new EventSource(url);
    source.onopen = () => listener.opened();
    source.onerror = () => {
      listener.lost();
      if (source.readyState === EventSource.CLOSED) retry = setTimeout(connect, RETRY_MS);
    };
    source.addEventListener("post", (message) => {
      const event = parse(message.data);
      if (event) listener.post(event);
    });
  };
  connect();
  return () => {
    clearTimeout(retry);
    source.close();
  };
}
