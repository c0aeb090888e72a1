/**
 * The gate as a service of its own: one HTTP server and nothing else.
 */
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import type { Gate, GateOptions } from "../api/host.js";
import { createGate } from "../gate/gate.js";
import { gateOptions, type Settings, SettingsError } from "./settings.js";

/** A running service. */
export type Service = {
  gate: Gate;
  /** Where it listens, such as `http://127.0.0.1:8787`. */
  address: string;
  /** Takes no more requests, answers those it has, and lets go of the store. */
  close(): Promise<void>;
};

/** Milliseconds requests under way may take when the service stops. */
const GRACE_MS = 5_000;

/** Sends `/` to the review page; everything else is the gate's. */
async function answer(gate: Gate, request: Request): Promise<Response> {
  if (new URL(request.url).pathname === "/") return new Response(null, { status: 302, headers: { location: "/countersign/review/" } });
  return gate.fetch(request);
}

const explained: Record<string, string> = {
  EADDRINUSE: "another program listens there: choose another with `--port`",
  EACCES: "this user may not listen there: choose a port above 1023 with `--port`",
  EADDRNOTAVAIL: "this machine has no such address: choose another with `--host`",
};

type Env = { incoming: IncomingMessage };

function listen(fetch: (request: Request, env: Env) => Promise<Response>, { host, port }: Settings): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: fetch as never, port, hostname: host }, () => resolve(server));
    server.on("error", (error: NodeJS.ErrnoException) =>
      reject(new SettingsError(`cannot listen on ${host}:${port}: ${explained[error.code ?? ""] ?? error.message}`)),
    );
  });
}

const closed = (server: ServerType) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    if ("closeIdleConnections" in server) server.closeIdleConnections();
    const force = () => ("closeAllConnections" in server ? server.closeAllConnections() : undefined);
    setTimeout(force, GRACE_MS).unref();
  });

/**
 * Starts the service.
 *
 * @param more options of the gate beside those the settings name
 * @throws SettingsError, StoreError or the engine's words about a policy, each saying what to do
 */
export async function startService(settings: Settings, more: Partial<GateOptions> = {}): Promise<Service> {
  const addresses = new WeakMap<Request, string>();
  const gate = await createGate({ ...gateOptions(settings), addressOf: (request) => addresses.get(request), ...more });
  const fetch = (request: Request, { incoming }: Env) => {
    if (incoming.socket.remoteAddress !== undefined) addresses.set(request, incoming.socket.remoteAddress);
    return answer(gate, request);
  };
  try {
    const server = await listen(fetch, settings);
    const { port } = server.address() as AddressInfo;
    const host = settings.host.includes(":") ? `[${settings.host}]` : settings.host;
    const close = async () => {
      // The gate first: it ends its streams, which would keep the server open.
      const done = closed(server);
      await gate.close();
      await done;
    };
    return { gate, address: `http://${host}:${port}`, close };
  } catch (error) {
    await gate.close();
    throw error;
  }
}
