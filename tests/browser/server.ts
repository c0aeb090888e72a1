/**
 * Starts the built demo server as a newcomer would: its own process, a free port, an empty data folder.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A running server. */
export interface DemoServer {
  address: string;
  /** The agent's API token, as printed. */
  token: string;
  stop(): Promise<void>;
}

const MAIN = new URL("../../dist/node/demo/main.js", import.meta.url).pathname;

/** Starts it; rejects with everything it said when it does not print its address. */
export async function startDemo(): Promise<DemoServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "countersign-demo-"));
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, PORT: "0", COUNTERSIGN_DEMO_DIR: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  let said = "";
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (/Bearer \S+"/u.test(said)) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    void ended.then(() => reject(new Error(`the demo server ended early; run \`npm run build\` first. It said:\n${said}`)));
  });
  await ready;
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { address: /http:\/\/localhost:\d+/u.exec(said)?.[0] ?? "", token: /Bearer (\S+)"/u.exec(said)?.[1] ?? "", stop };
}
