/**
 * Which port the demo listens on: the one asked for or a clear error; with none asked for, the next free one, said aloud.
 */
import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";

/** The port cannot be used; the message says what to do. */
export class PortError extends Error {}

/** A wanted port. */
export interface WantedPort {
  port: number;
  /** Whether somebody named it; then no other will do. */
  explicit: boolean;
}

const DEFAULT_PORT = 8787;
const TRIES = 20;

/** Reads `PORT`; 0 lets the system choose. */
export function portFrom(text: string | undefined): WantedPort {
  if (text === undefined || text === "") return { port: DEFAULT_PORT, explicit: false };
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new PortError(`\`${text}\` is no port: set PORT to a number from 0 to 65535`);
  return { port, explicit: true };
}

type Fetch = (request: Request) => Response | Promise<Response>;

function tryPort(fetch: Fetch, port: number): Promise<ServerType | null> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: "127.0.0.1" }, () => resolve(server));
    server.on("error", (cause: NodeJS.ErrnoException) => {
      if (cause.code === "EADDRINUSE") resolve(null);
      else if (cause.code === "EACCES")
        reject(new PortError(`port ${port} needs more rights: choose one above 1023, for example PORT=${DEFAULT_PORT}`));
      else reject(cause);
    });
  });
}

/** Listens on this machine only; `note` names both ports when it had to move on. */
export async function listen(fetch: Fetch, wanted: WantedPort): Promise<{ server: ServerType; port: number; note?: string }> {
  for (let port = wanted.port; port < wanted.port + TRIES; port += 1) {
    const server = await tryPort(fetch, port);
    if (server) {
      const actual = (server.address() as AddressInfo).port;
      return { server, port: actual, ...(port === wanted.port ? {} : { note: `port ${wanted.port} is busy; using ${actual} instead` }) };
    }
    if (wanted.explicit) throw new PortError(`port ${port} is busy: stop what listens there, or choose another with PORT=${port + 1}`);
  }
  throw new PortError(`ports ${wanted.port} to ${wanted.port + TRIES - 1} are all busy: choose one with PORT=…`);
}
