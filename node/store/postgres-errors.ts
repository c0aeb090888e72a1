/**
 * What PostgreSQL and the network say, in words that tell what to do. The password is in none of them: only host, port, database
 * and user are ever named.
 */
import { StoreError } from "./store.js";

/** Where a connection leads, as it may be told. */
export type Place = { host: string; port: number; database: string; user: string };

const ADVICE: [RegExp, (place: Place) => string][] = [
  [
    /^(ECONNREFUSED|ENOENT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ECONNRESET|57P0[123])$/,
    ({ host, port }) => `PostgreSQL at \`${host}:${port}\` does not answer: start it, or correct host and port in \`store\``,
  ],
  [
    /^(28P01|28000)$/,
    ({ user, host }) => `PostgreSQL at \`${host}\` refuses the user \`${user}\`: correct user and password in \`store\`, or pg_hba.conf`,
  ],
  [
    /^3D000$/,
    ({ database, user }) => `there is no database \`${database}\`: create it (\`createdb --owner ${user} ${database}\`), or name another`,
  ],
  [
    /^42501$/,
    ({ database, user }) => `\`${user}\` may not make tables in \`${database}\`: give it the database or a schema of its own to own`,
  ],
  [/^25006$/, ({ host, port }) => `PostgreSQL at \`${host}:${port}\` is read-only, a standby perhaps: name the primary as \`store\``],
  [/^(53100|58030)$/, ({ host }) => `the disk of PostgreSQL at \`${host}\` is full or failing: make room, then start again`],
  [/^53300$/, ({ host }) => `PostgreSQL at \`${host}\` has no connection left: raise max_connections, or lower \`max\` in \`store\``],
  [/^(55P03|57014)$/, ({ host }) => `PostgreSQL at \`${host}\` took too long: another process holds what this one waits for; try again`],
];

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "");

/** A failed attempt on every address of a host is one error with many causes. */
function codesOf(error: unknown): string[] {
  return error instanceof AggregateError ? [codeOf(error), ...error.errors.map(codeOf)] : [codeOf(error)];
}

/** The same error in words that say what to do; as it was when there are none for it. */
export function explain(error: unknown, place: Place): unknown {
  const timedOut = error instanceof Error && /timeout exceeded when trying to connect|connection timeout/i.test(error.message);
  const codes = timedOut ? ["ETIMEDOUT"] : codesOf(error);
  const advice = ADVICE.find(([pattern]) => codes.some((code) => pattern.test(code)));
  return advice ? new StoreError(advice[1](place), { cause: error }) : error;
}
