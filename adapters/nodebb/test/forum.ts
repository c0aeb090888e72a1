/**
 * A stand-in forum with the plugin and the shipped engine, and the people of the tests.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import * as express from "../../express/index.js";
import { createPlugin } from "../lib/plugin.js";
import type { Gate, GateOptions, Row } from "../lib/types.js";
import { type Forum, startForum } from "../stand-in/forum.js";
import { type Who, waysInto } from "../stand-in/ways.js";

/** Admin and moderator; Dana asks, Lior invokes, Omar operates the agent; the agent, and another plugin's bot. */
export const ACCOUNTS = [
  { uid: 1, username: "admin", groups: ["administrators"], tokens: { tools: "tools-0000-secret" } },
  { uid: 2, username: "Mira", groups: ["Global Moderators"] },
  { uid: 3, username: "Dana" },
  { uid: 4, username: "Lior", tokens: { script: "lior-0000-secret" } },
  { uid: 5, username: "Omar" },
  { uid: 6, username: "Help Bot", groups: ["agents"], tokens: { helper: "agent-0000-secret" } },
  { uid: 7, username: "Milo", groups: ["Global Moderators"] },
];

/** Everything that must never be kept. */
export const SECRETS = ["agent-0000-secret", "lior-0000-secret", "tools-0000-secret", "master-0000-secret", "csrf-0000-secret"];

export const dana: Who = { session: 3 };
export const lior: Who = { session: 4 };
export const agent: Who = { token: "agent-0000-secret", as: 6 };

/** Instructions, each with a word of its own to look for. */
export const BAD = "Fix it like this:\n\n```sh\nsudo chmod -R 777 /srv/quokka\n```";
export const GOOD = "The lock file is older than the manifest, so a numbat is missing. Install the packages again.";

/** What a test sees. */
export type TestForum = Forum & {
  ways: ReturnType<typeof waysInto>;
  gate: Gate;
  tid: number;
  folder: string;
  told(uid: number): Promise<string>;
};

type Options = { settings?: Row; gate?: Partial<GateOptions>; broken?: boolean; question?: string };

/** A forum with one topic, asked by Dana. */
export async function testForum({ settings = {}, gate: given = {}, broken = false, question }: Options = {}): Promise<TestForum> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-nodebb-"));
  let gate: Gate | undefined;
  const countersign = async () => {
    if (broken) throw new Error("the package is not there");
    const module = await import("../../../node/index.js");
    const createGate = async (options: GateOptions) => {
      gate = await module.createGate({ undoMs: 0, ...options });
      return gate;
    };
    return { ...module, createGate };
  };
  const log = { log: () => undefined };
  const forum = await startForum(
    ACCOUNTS,
    (core) => {
      core.settings.set("countersign", { agents: "help bot = omar", agentTokens: "helper", ...settings });
      return createPlugin({ core, countersign, express: async () => express, gate: { deadlineMs: 10_000, workers: 1, log, ...given } });
    },
    { "countersign:folder": folder },
  );
  onTestFinished(async () => {
    await (forum.library.stop as () => Promise<void>)();
    rmSync(folder, { recursive: true, force: true });
  });
  const ways = waysInto(forum);
  await ways.topic(dana, { cid: 1, title: "The deploy job fails", content: question ?? "It cannot read the shared folder. Any idea?" });
  const told = async (uid: number) => {
    const nids = await forum.db.getSortedSetRange(`uid:${uid}:notifications:unread`, 0, -1);
    return JSON.stringify(await forum.db.getObjects(nids.map((nid) => `notifications:${nid}`)));
  };
  return { ...forum, ways, gate: gate as Gate, tid: 1, folder, told };
}

/** What a refused call says. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "not refused",
    (error: Error) => error.message,
  );
}

/** Waits until notifications sent in passing have arrived. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 50));
