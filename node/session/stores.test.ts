/**
 * Signing in, metrics and the audit commands over both databases.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { auditCommands } from "../cli/audit.js";
import { agentPost, BAD, folder, openGate } from "../testing/gate.js";
import { Browser } from "../testing/provider.js";
import { DATABASES, freshPlace, ownKey, sharedCluster } from "../testing/stores.js";

const BASE = "http://127.0.0.1:9/countersign";
const OWN = { "content-type": "application/json", "x-countersign-request": "1" };

const cluster = sharedCluster();

async function audit(...args: string[]) {
  const said: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((text) => void said.push(String(text)));
  let status = 0;
  const command = new Command().exitOverride();
  auditCommands(command, (code) => {
    status = code;
  });
  await command.parseAsync(["audit", ...args], { from: "user" }).finally(() => log.mockRestore());
  return { status, said: said.join("\n") };
}

describe.each(DATABASES)("on %s", (database) => {
  it("a moderator signs in once, is counted, signs out, and the log says so and verifies", async () => {
    const place = await freshPlace(database, cluster);
    const { signingKey } = await ownKey();
    const test = await openGate(place, {
      signIn: { link: true },
      metrics: { token: "a-token-for-the-tests" },
      ...(signingKey ? { signingKey } : {}),
    });
    let open = true;
    const close = async () => {
      if (open) await test.gate.close();
      open = false;
    };
    onTestFinished(close);
    const browser = new Browser((request) => test.gate.fetch(request));
    const [, token] = (await test.gate.signInLink({ id: "mira", name: "Mira", role: "lead" })).split("#");
    const take = () => browser.go(`${BASE}/signin/link`, { method: "POST", headers: OWN, body: JSON.stringify({ token }) });
    expect([(await take()).status, (await take()).status]).toEqual([200, 403]);
    expect((await browser.go(`${BASE}/api/v1/session`)).status).toBe(200);
    await test.gate.submit(agentPost(BAD, true));
    const metrics = await (await browser.go(`${BASE}/metrics`)).text();
    for (const line of ['posts{state="held",severity="critical"} 1', 'sign_ins_total{result="let-in"} 1', "store_up 1"])
      expect(metrics).toContain(`countersign_${line}`);
    await browser.go(`${BASE}/signout`, { method: "POST" });
    expect((await browser.go(`${BASE}/api/v1/session`)).status).toBe(401);
    const actions = (await test.gate.audit.list()).map(({ action }) => action);
    expect(actions).toEqual(["signed-in", "submitted", "held", "signed-out"]);
    const keys = join(folder(), "jwks.json");
    writeFileSync(keys, await (await browser.go(`${BASE}/.well-known/jwks.json`)).text());
    await close();

    const key = join(folder(), "key.jwk");
    writeFileSync(key, JSON.stringify(signingKey));
    const signed = await audit("checkpoint", place, "--key", key);
    const checkpoint = join(folder(), "checkpoint");
    writeFileSync(checkpoint, signed.said);
    const verified = await audit("verify", place, "--checkpoint", checkpoint, "--keys", keys);
    expect(verified).toEqual({ status: 0, said: expect.stringContaining("all 4 entries hold, as 1 signed checkpoint says") });
    expect(verified.said).not.toMatch(/\/\/[^…@]+@/);
  });
});
