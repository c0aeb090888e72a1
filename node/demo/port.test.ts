import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { listen, portFrom } from "./port.js";

const answer = () => new Response("ok");

/** A port somebody else listens on. */
async function busyPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe("listen", () => {
  it("moves on from a busy port and names both", async () => {
    const port = await busyPort();
    const listening = await listen(answer, { port, explicit: false });
    onTestFinished(() => void listening.server.close());
    expect(listening.note).toBe(`port ${port} is busy; using ${listening.port} instead`);
  });

  it("says what to do when the port asked for is busy", async () => {
    const port = await busyPort();
    await expect(listen(answer, { port, explicit: true })).rejects.toThrow(
      `port ${port} is busy: stop what listens there, or choose another with PORT=${port + 1}`,
    );
  });
});

describe("portFrom", () => {
  it("takes a number, and refuses anything else with what to do", () => {
    expect(portFrom("0")).toEqual({ port: 0, explicit: true });
    expect(portFrom(undefined)).toEqual({ port: 8787, explicit: false });
    expect(() => portFrom("http")).toThrow("`http` is no port: set PORT to a number from 0 to 65535");
  });
});
