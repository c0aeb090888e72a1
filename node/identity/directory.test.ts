/**
 * Fetching keys from another machine, which may be down, slow, wrong or hostile; and remembering what it said.
 */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { JWK } from "jose";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { testSigner } from "../testing/signing.js";
import { type KeySource, MEDIA_TYPE, overHttp, WELL_KNOWN } from "./directory.js";
import { Keys } from "./keys.js";

const PATIENCE_MS = 250;
const ORIGIN = "https://agent.example";

/** An origin on this machine that answers as told. */
async function origin(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const directory =
  (body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(200, { "content-type": MEDIA_TYPE, ...headers }).end(typeof body === "string" ? body : JSON.stringify(body));

let key: JWK;
let keyid: string;
beforeAll(async () => ({ jwk: key, keyid } = await testSigner(ORIGIN)));

describe("a directory", () => {
  it("is read from its well-known place, with how long it may be kept", async () => {
    const asked: (string | undefined)[] = [];
    const answer = directory({ keys: [key, 7] }, { "cache-control": "public, max-age=86400" });
    const at = await origin((request, response) => {
      asked.push(request.url, request.headers.accept);
      answer(request, response);
    });
    expect(await overHttp()(at)).toEqual({ keys: [key], maxAge: 86_400 });
    expect(asked).toEqual([WELL_KNOWN, MEDIA_TYPE]);
  });

  it.each<[string, RequestListener, string]>([
    ["is not there", (_request, response) => void response.writeHead(404).end(), "it answers 404"],
    ["redirects", (_request, response) => void response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(), "it answers 302"],
    ["is served as something else", directory("{}", { "content-type": "application/json" }), "is not served as"],
    ["is no JSON", directory("<html>"), "is no JSON"],
    ["is no key set", directory([]), "is no JWK Set"],
    ["has too many keys", directory({ keys: Array(33).fill({}) }), "more than 32 keys"],
    ["is too big", directory({ keys: [], filler: "x".repeat(70_000) }), "larger than 64 KiB"],
    ["never ends", (_request, response) => void response.writeHead(200, { "content-type": MEDIA_TYPE }).write("{"), "within 250 ms"],
    ["never answers", () => undefined, "within 250 ms"],
    ["hangs up", (request) => void request.socket.destroy(), "it does not answer"],
  ])("that %s gives no keys", async (_name, answer, why) => {
    await expect(overHttp(PATIENCE_MS)(await origin(answer))).rejects.toThrow(why);
  });

  it("is only asked over https, or on this machine", async () => {
    await expect(overHttp()("http://192.0.2.1")).rejects.toThrow("only https is asked");
    await expect(overHttp()("ftp://localhost")).rejects.toThrow("only https is asked");
  });

  it("that nothing listens for gives no keys, and tells nothing about the network", async () => {
    await expect(overHttp()("http://127.0.0.1:1")).rejects.toThrow(/^it does not answer$/);
  });
});

/** Keys with a clock and a source in the test's hands. */
function keys(first: KeySource) {
  let clock = Date.parse("2026-05-05T09:00:00Z");
  let source = first;
  let asked = 0;
  const known = new Keys(
    (from) => {
      asked += 1;
      return source(from);
    },
    () => new Date(clock),
  );
  return {
    find: (id = keyid) => known.find(ORIGIN, id),
    pass: (seconds: number) => {
      clock += seconds * 1000;
    },
    answer: (next: KeySource) => {
      source = next;
    },
    asked: () => asked,
  };
}

const publishes =
  (...published: JWK[]): KeySource =>
  async () => ({ keys: published });
const down: KeySource = () => Promise.reject(new Error("it does not answer"));
const unavailable = { problem: { type: "urn:countersign:problem:keys-unavailable", status: 503 } };

describe("remembered keys", () => {
  it("are asked for once, also by many at once", async () => {
    const { find, asked, pass } = keys(publishes(key));
    await Promise.all([find(), find(), find()]);
    pass(3_000);
    expect(await find()).toMatchObject({ algorithm: "ed25519" });
    expect(asked()).toBe(1);
    pass(700);
    await find();
    expect(asked()).toBe(2);
  });

  it("end as the origin says, within a minute and a day", async () => {
    const { find, asked, pass } = keys(async () => ({ keys: [key], maxAge: 0 }));
    await find();
    pass(59);
    await find();
    expect(asked()).toBe(1);
    pass(2);
    await find();
    expect(asked()).toBe(2);
  });

  it("are looked up again for a key nobody knows, once a minute at most", async () => {
    const { find, asked, pass, answer } = keys(publishes());
    for (let attempt = 0; attempt < 20; attempt++) expect(await find(`made-up-${attempt}`)).toBeUndefined();
    expect(asked()).toBe(1);
    answer(publishes(key));
    pass(61);
    expect(await find()).toBeDefined();
    expect(asked()).toBe(2);
  });

  it("no longer count once the origin has taken them away", async () => {
    const { find, pass, answer } = keys(publishes(key));
    expect(await find()).toBeDefined();
    answer(publishes());
    pass(3_601);
    expect(await find()).toBeUndefined();
  });

  it("go on counting while the origin is down, for a day", async () => {
    const { find, pass, answer } = keys(publishes(key));
    await find();
    answer(down);
    pass(12 * 3_600);
    expect(await find()).toBeDefined();
    pass(13 * 3_600);
    await expect(find()).rejects.toMatchObject(unavailable);
  });

  it("are not there when the origin was never reached, and it is not asked again at once", async () => {
    const { find, asked, pass, answer } = keys(down);
    await expect(find()).rejects.toMatchObject(unavailable);
    await expect(find()).rejects.toMatchObject(unavailable);
    expect(asked()).toBe(1);
    answer(publishes(key));
    pass(11);
    expect(await find()).toBeDefined();
  });

  it.each<[string, () => JWK & Record<string, unknown>]>([
    ["of another type", () => ({ kty: "EC", crv: "P-256", x: "AA", y: "AA" })],
    ["for encryption", () => ({ ...key, use: "enc" })],
    ["under a name that is not its thumbprint", () => ({ ...key, kid: "key-1" })],
    ["with its secret half", () => ({ ...key, d: "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU" })],
    ["whose time has not come", () => ({ ...key, nbf: Date.parse("2026-05-06T00:00:00Z") / 1000 })],
    ["whose time is over", () => ({ ...key, exp: Date.parse("2026-05-05T09:00:00Z") / 1000 })],
    ["cut short", () => ({ ...key, x: "AAAA" })],
  ])("do not count %s", async (_name, entry) => {
    expect(await keys(publishes(entry())).find()).toBeUndefined();
    expect(await keys(publishes(key)).find()).toBeDefined();
  });

  it("are never the test key everybody has the secret of", async () => {
    const test = { kty: "OKP", crv: "Ed25519", x: "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs" };
    expect(await keys(publishes(test)).find("poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U")).toBeUndefined();
  });
});
