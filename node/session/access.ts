/**
 * Who may in: the host's own word first, then the gate's sessions. Made once per gate; the routes ask it at every request.
 */
import type { GateOptions } from "../api/host.js";
import type { Moderator } from "../api/schema.js";
import type { Context } from "../context.js";
import { read } from "./cookies.js";
import { LIMITS, type Limits } from "./limits.js";
import { issue } from "./links.js";
import { Provider } from "./oidc.js";
import type { OidcOptions, SignIn } from "./options.js";
import { Sessions } from "./sessions.js";

/** The parts signing in needs. */
export type SigningIn = { sessions: Sessions; provider: { ask: Provider; options: OidcOptions } | null; link: boolean };

/** Who may in, and how. */
export type Access = {
  basePath: string;
  authenticate(request: Request): Promise<Moderator | null>;
  /** The address people reach the service at, for a request. */
  addressOf(request: Request): URL;
  /** Where a request came from, as far as the host says. */
  networkOf(request: Request): string | undefined;
  limits: Limits | null;
  /** Null when the host alone knows who is signed in. */
  signingIn: SigningIn | null;
  /** Whether who sent a request is signed in to the gate itself, and can therefore sign out of it. */
  signedInHere(request: Request): boolean;
  /** The path of a link that lets `moderator` in once. */
  link(moderator: Moderator): Promise<string>;
};

function providerOf(context: Context, { oidc, baseUrl }: SignIn, basePath: string): SigningIn["provider"] {
  if (oidc === undefined) return null;
  const callback = `${basePath}/signin/callback`;
  const redirectUri = oidc.redirectUri ?? (baseUrl === undefined ? undefined : new URL(callback, baseUrl).href);
  if (redirectUri === undefined) throw new Error("signIn: name the `baseUrl` people reach this service at, or `oidc.redirectUri`");
  if (new URL(redirectUri).pathname !== callback) throw new Error(`signIn: \`oidc.redirectUri\` must lead to \`${callback}\``);
  return { ask: new Provider(context, oidc, redirectUri), options: oidc };
}

function signingInOf(context: Context, signIn: SignIn | undefined, basePath: string): SigningIn | null {
  if (signIn === undefined) return null;
  if (signIn.oidc === undefined && signIn.link !== true) throw new Error("signIn: name `oidc`, or set `link` to true");
  return { sessions: new Sessions(context, signIn), provider: providerOf(context, signIn, basePath), link: signIn.link === true };
}

/** The public address: `baseUrl`, that of `redirectUri`, or what the request says. */
function addressFrom({ baseUrl, oidc }: SignIn = {}): (request: Request) => URL {
  const fixed = baseUrl ?? oidc?.redirectUri;
  return fixed === undefined ? ({ url }) => new URL(url) : () => new URL(fixed);
}

/**
 * Builds it.
 *
 * @throws Error when nobody could ever get in, or a sign-in option does not fit
 */
export function createAccess(context: Context, options: GateOptions, basePath: string): Access {
  const { authenticate, signIn, limits = {} } = options;
  if (authenticate === undefined && signIn === undefined)
    throw new Error("nobody could review: pass `authenticate`, or `signIn` to have people sign in here");
  const signingIn = signingInOf(context, signIn, basePath);
  const addressOf = addressFrom(signIn);
  return {
    basePath,
    addressOf,
    networkOf: (request) => options.addressOf?.(request) ?? undefined,
    limits: limits === false ? null : { ...LIMITS, ...limits },
    signingIn,
    signedInHere: (request) => signingIn !== null && read(request, "session", addressOf(request)) !== undefined,
    async authenticate(request) {
      const known = (await authenticate?.(request)) ?? null;
      if (known !== null || signingIn === null) return known;
      const token = read(request, "session", addressOf(request));
      return token === undefined ? null : signingIn.sessions.find(token);
    },
    async link(moderator) {
      if (signingIn?.link !== true) throw new Error("this gate makes no links: set `signIn: { link: true }`");
      return `${basePath}/signin/link#${await issue(context, moderator)}`;
    },
  };
}
