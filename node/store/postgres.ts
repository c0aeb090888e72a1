/**
 * The shared store: PostgreSQL, when several forum processes or machines share one queue. Transactions take one lock before anything
 * else, so that they run one after another as they do in SQLite: whoever reads in a transaction reads what the last one left, the
 * audit chain cannot fork and a claim cannot be taken twice, in whichever process.
 */
import {
  CamelCasePlugin,
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresDialect,
  PostgresDriver,
  type TransactionSettings,
} from "kysely";
import pg from "pg";
import { Listener } from "./listen.js";
import { migrate } from "./migrations.js";
import { explain, type Place } from "./postgres-errors.js";
import { type Store, StoreError } from "./store.js";
import type { Tables } from "./tables.js";

/** How to reach a database. What is left out is taken from the environment (`PGHOST`, `PGPASSWORD` …), as `psql` does. */
export type PostgresConfig = {
  /** `postgres://user:password@host:port/database`; the other keys go before it. */
  connectionString?: string;
  host?: string;
  port?: number;
  database?: string;
  user?: string;
  password?: string | (() => string | Promise<string>);
  /** As `tls.connect` takes it; `true` for the system's authorities. */
  ssl?: boolean | object;
  /** The most connections this process opens, beside the one it listens on. Default 10. */
  max?: number;
};

/** Milliseconds a connection may take to be made: a forum's user is waiting. */
const CONNECT_MS = 5_000;

/** Milliseconds a statement may run; the queue's take a few. */
const STATEMENT_MS = 30_000;

/** Milliseconds to wait for other transactions; then the post at hand is told that the store does not answer. */
const LOCK_MS = 10_000;

/** Milliseconds after which a transaction whose process hangs is ended, so that the others go on. */
const IDLE_MS = 15_000;

/** The advisory lock of this schema's transactions: the first half is Countersign's own. */
const LOCK = "select pg_advisory_xact_lock(1129270599, hashtext(current_schema()))";

const INT8 = 20;
const NUMERIC = 1700;

/** Counts arrive as numbers, as they do from SQLite: none comes near 2^53. */
const types = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format as "text"),
};

class OneByOne extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await super.beginTransaction(connection, settings);
    if (settings.accessMode === "read only") return;
    try {
      await connection.executeQuery(CompiledQuery.raw(LOCK));
    } catch (error) {
      await this.rollbackTransaction(connection).catch(() => undefined);
      throw error;
    }
  }
}

class OneByOneDialect extends PostgresDialect {
  #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super({ pool });
    this.#pool = pool;
  }

  override createDriver(): PostgresDriver {
    return new OneByOne({ pool: this.#pool });
  }
}

function settingsOf(config: string | PostgresConfig): pg.PoolConfig {
  const { connectionString, ...rest } = typeof config === "string" ? { connectionString: config } : config;
  const limits = {
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: IDLE_MS,
    keepAlive: true,
    application_name: "countersign",
  };
  return { ...limits, ...(connectionString === undefined ? {} : { connectionString }), ...rest, types } as pg.PoolConfig;
}

/** Reads where a configuration leads, without going there. A URL that cannot be read is not repeated: it may hold a password. */
function placeOf(settings: pg.PoolConfig): Place {
  try {
    const { host, port, database, user } = new pg.Client(settings);
    return { host, port, database: database ?? user ?? "", user: user ?? "" };
  } catch {
    throw new StoreError("`store` is no address of PostgreSQL: write `postgres://user:password@host:port/database`");
  }
}

function over(pool: pg.Pool): Kysely<Tables> {
  // A connection that is lost says so at the next query on it, which is when somebody has to hear of it; unheard, the event would end
  // the forum's whole process.
  pool.on("error", () => undefined).on("connect", (client) => client.on("error", () => undefined));
  return new Kysely<Tables>({ dialect: new OneByOneDialect(pool), plugins: [new CamelCasePlugin()] });
}

/** Brings the tables forward, however long it takes: an index over a million posts is not made in a moment. */
async function forward(settings: pg.PoolConfig, place: Place): Promise<void> {
  const db = over(new pg.Pool({ ...settings, max: 1, statement_timeout: 0, lock_timeout: 0, idle_in_transaction_session_timeout: 0 }));
  try {
    await migrate(db);
  } catch (error) {
    throw explain(error, place);
  } finally {
    await db.destroy();
  }
}

/**
 * Opens a store in PostgreSQL, 13 or later, and brings its tables forward.
 *
 * @param config a URL, or its parts. The user needs a schema it may make tables in
 * @throws StoreError when the server does not answer, refuses the user, has no such database or cannot be written; never names the password
 * @example
 * const store = await openPostgres("postgres://forum:secret@db.example/countersign");
 */
export async function openPostgres(config: string | PostgresConfig): Promise<Store> {
  const settings = settingsOf(config);
  const place = placeOf(settings);
  await forward(settings, place);
  const pool = new pg.Pool(settings);
  const db = over(pool);
  const listener = new Listener(() => new pg.Client({ ...settings, statement_timeout: 0 }), db);
  return {
    db,
    folder: null,
    listen: (ring) => listener.start(ring),
    // The server's own vacuum would come by in its time; asked to forget, one does not wait for that.
    scrub: async () => void (await pool.query("vacuum posts, versions, searchable, outbox, answers")),
    close: async () => {
      await listener.close();
      await db.destroy();
    },
  };
}
