/**
 * A real OpenID Connect provider on loopback, and a browser's share of signing in there: cookies kept, redirects followed, forms
 * filled in.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/** The provider's client. */
export const CLIENT = { clientId: "countersign", clientSecret: "a-secret-of-the-tests" };

/** Who may have an account: the name is typed into the provider's form. */
const GROUPS: Record<string, string[]> = { mira: ["staff", "forum-moderators"], lea: ["forum-moderators", "forum-leads"], dana: ["staff"] };

/** A running provider. */
export type RunningProvider = { issuer: string; close(): Promise<void> };

const port = (server: Server) => (server.address() as AddressInfo).port;

/** Starts a provider that sends people back to `redirectUri`. */
export async function startProvider(redirectUri: string): Promise<RunningProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${port(server)}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ["sub"], profile: ["name", "preferred_username"], groups: ["groups"] },
    scopes: ["openid", "profile", "groups"],
    cookies: { keys: ["a-key-of-the-tests"] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: `account-${id}`, name: `${id} of the provider`, preferred_username: id, groups: GROUPS[id] ?? [] }),
    }),
  });
  server.on("request", provider.callback());
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { issuer, close };
}

/** What a browser knows of one site. */
export class Browser {
  #jar = new Map<string, string>();
  #fetch: (request: Request) => Promise<Response>;

  constructor(fetch: (request: Request) => Promise<Response> = (request) => globalThis.fetch(request)) {
    this.#fetch = fetch;
  }

  /** The cookies as a header. */
  get cookies(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** Sets a cookie, as somebody who plants one would. */
  plant(name: string, value: string): void {
    this.#jar.set(name, value);
  }

  /** A request with the cookies; redirects are not followed. */
  async go(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#jar.size > 0) headers.set("cookie", this.cookies);
    const response = await this.#fetch(new Request(url, { ...init, headers, redirect: "manual" }));
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/u.exec(line) ?? [];
      if (value === "" || /max-age=0\b|expires=Thu, 01 Jan 1970/iu.test(line)) this.#jar.delete(name);
      else this.#jar.set(name, value);
    }
    return response;
  }
}

const form = (html: string) => /action="([^"]+)"/u.exec(html)?.[1] ?? "";

/** Signs in at the provider as `name`, agreeing to everything; returns the address it sends the browser back to. */
export async function signInAs(name: string, start: string, redirectUri: string): Promise<string> {
  const browser = new Browser();
  let [url, init]: [string, RequestInit] = [start, {}];
  for (let step = 0; step < 20; step++) {
    if (url.startsWith(redirectUri)) return url;
    const response = await browser.go(url, init);
    const next = response.headers.get("location");
    if (next !== null) [url, init] = [new URL(next, url).href, {}];
    else {
      const html = await response.text();
      const prompt = html.includes('name="login"') ? { prompt: "login", login: name, password: "x" } : { prompt: "consent" };
      [url, init] = [new URL(form(html), url).href, { method: "POST", body: new URLSearchParams(prompt) }];
    }
  }
  throw new Error(`the provider did not send the browser back: it stands at ${url}`);
}
