// @ts-check
/**
 * A PostgreSQL cluster of the tests' own, in a temporary folder, with Debian's packages or whatever `PATH` has. PostgreSQL refuses
 * to run as root: then it runs as `postgres` or `nobody`.
 */
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import pg from "pg";

const DEBIAN = "/usr/lib/postgresql";

/** Milliseconds between looks whether it is ready, and how many. */
const LOOK_MS = 50;
const LOOKS = 400;

/**
 * A running cluster. `database` makes a new, empty database and gives its URL for the superuser; `url` is one of the database `name`
 * for `user`; `run` runs statements as the superuser; `restart` stops it as a restart does, and starts it again.
 *
 * @typedef {{
 *   port: number,
 *   url: (name: string, user?: string, password?: string) => string,
 *   run: (sql: string, database?: string) => Promise<pg.QueryResult>,
 *   database: () => Promise<string>,
 *   restart: (meanwhile?: () => Promise<void>) => Promise<void>,
 *   stop: () => Promise<void>,
 * }} Cluster
 */

function programs() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(DEBIAN, version, "bin")), ...(process.env.PATH ?? "").split(delimiter)];
  const found = folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
  if (found === undefined) throw new Error("no PostgreSQL found: install it (on Debian `apt-get install postgresql`), then run this again");
  return found;
}

/** Whom it runs as, when the tests run as root. @returns {{ uid: number, gid: number } | undefined} */
function account() {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ["postgres", "nobody"]) {
    try {
      const id = (/** @type {string} */ flag) =>
        Number(execFileSync("id", [flag, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // The next one then.
    }
  }
  throw new Error("PostgreSQL does not run as root, and there is neither `postgres` nor `nobody` to run it as: add one of them");
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** @param {string} url */
async function ready(url) {
  for (let look = 0; ; look++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (look === LOOKS) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}

/**
 * Starts a cluster: a socket and a port on 127.0.0.1 that takes passwords, `fsync` on. Ready in about two seconds.
 *
 * @param {string[]} settings further server settings, such as `max_connections=20`
 * @returns {Promise<Cluster>}
 */
export async function startCluster(settings = []) {
  const bin = programs();
  const as = account();
  const folder = mkdtempSync(join(tmpdir(), "countersign-pg-"));
  if (as) chownSync(folder, as.uid, as.gid);
  const data = join(folder, "data");
  const password = randomBytes(12).toString("hex");
  const secret = join(folder, "secret");
  writeFileSync(secret, `${password}\n`, { mode: 0o644 });
  const init = ["-D", data, "-U", "keeper", "--encoding=UTF8", "--locale=C", "--no-sync", "--auth=scram-sha-256", `--pwfile=${secret}`];
  execFileSync(join(bin, "initdb"), init, { cwd: folder, stdio: ["ignore", "ignore", "pipe"], ...as });
  const port = await freePort();
  const options = ["listen_addresses=127.0.0.1", `port=${port}`, `unix_socket_directories=${folder}`, "logging_collector=off", ...settings];
  const url = (/** @type {string} */ name, user = "keeper", secret = password) => `postgres://${user}:${secret}@127.0.0.1:${port}/${name}`;
  /** @type {import("node:child_process").ChildProcess} */
  let server;
  const start = async () => {
    const args = ["-D", data, ...options.flatMap((option) => ["-c", option])];
    server = spawn(join(bin, "postgres"), args, { cwd: folder, stdio: "ignore", ...as });
    await ready(url("postgres"));
  };
  const halt = async (/** @type {"SIGINT" | "SIGQUIT"} */ signal) => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, "exit");
    server.kill(signal);
    await gone;
  };
  await start();
  // Whatever ends the tests, the cluster ends with them.
  const orphaned = () => server.kill("SIGKILL");
  process.once("exit", orphaned);
  const run = async (/** @type {string} */ sql, database = "postgres") => {
    const client = new pg.Client({ connectionString: url(database) });
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  };
  return {
    port,
    url,
    run,
    database: async () => {
      const name = `test_${randomBytes(6).toString("hex")}`;
      await run(`create database ${name}`);
      return url(name);
    },
    restart: async (meanwhile) => {
      await halt("SIGINT");
      await meanwhile?.();
      await start();
    },
    // At once, without writing down what is thrown away anyway.
    stop: async () => {
      await halt("SIGQUIT");
      process.off("exit", orphaned);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
