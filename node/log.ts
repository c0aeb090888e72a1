/**
 * What the gate tells its operator. Events carry ids and codes only: a log must never become the place where a held post leaks.
 */

/** The levels, quietest last. */
export type Level = "debug" | "info" | "warn" | "error";

/** What may stand in a log event: ids, codes and numbers, never text of a post. */
export type Fields = Record<string, string | number | boolean | null | undefined>;

/** Takes an event. Anything with this one method will do. */
export type Logger = { log(level: Level, event: string, fields?: Fields): void };

const ORDER: Level[] = ["debug", "info", "warn", "error"];

/**
 * A logger that writes JSON lines.
 *
 * @param from the quietest level written
 * @param write takes one line without its end
 * @example jsonLogger("warn").log("warn", "engine/replaced", { reason: "deadline" });
 */
export function jsonLogger(from: Level = "warn", write: (line: string) => void = (line) => console.error(line)): Logger {
  return {
    log(level, event, fields) {
      if (ORDER.indexOf(level) >= ORDER.indexOf(from)) write(JSON.stringify({ at: new Date().toISOString(), level, event, ...fields }));
    },
  };
}
