/**
 * Signing in at an identity provider: the authorization code flow of OpenID Connect by openid-client, with PKCE, state and nonce.
 */
import * as client from "openid-client";
import type { Context } from "../context.js";
import { loopback } from "./cookies.js";
import { type Claims, type OidcOptions, SIGN_IN_MS } from "./options.js";
import { hashed, secret } from "./secret.js";

type Checks = { verifier: string; state: string; nonce: string };

/** A sign-in begun: where the browser goes, and the cookie that ties it to that browser. */
export type Begun = { location: URL; cookie: string };

/** Seconds the provider may take to answer; a moderator waits. */
const TIMEOUT_SECONDS = 10;

/** The client's secret, sent as the provider takes it; in the header when it does not say. */
function authentication(clientSecret: string | undefined): client.ClientAuth {
  if (clientSecret === undefined) return client.None();
  const [basic, post] = [client.ClientSecretBasic(clientSecret), client.ClientSecretPost(clientSecret)];
  return (server, ...rest) => {
    const header = server.token_endpoint_auth_methods_supported?.includes("client_secret_basic") ?? true;
    (header ? basic : post)(server, ...rest);
  };
}

/** An identity provider. */
export class Provider {
  #context: Context;
  #options: OidcOptions;
  #redirectUri: string;
  #configuration: Promise<client.Configuration> | undefined;

  constructor(context: Context, options: OidcOptions, redirectUri: string) {
    this.#context = context;
    this.#options = options;
    this.#redirectUri = redirectUri;
  }

  /** Asked for at the first sign-in, and again after a failure: a provider that is away stops no forum from starting. */
  #discovered(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#options;
    const address = new URL(issuer);
    const execute = address.protocol === "http:" && loopback(address) ? [client.allowInsecureRequests] : [];
    this.#configuration ??= client
      .discovery(address, clientId, undefined, authentication(clientSecret), { execute, timeout: TIMEOUT_SECONDS })
      .catch((error: unknown) => {
        this.#configuration = undefined;
        throw error;
      });
    return this.#configuration;
  }

  /** Begins a sign-in. Rejects when the provider does not answer. */
  async begin(): Promise<Begun> {
    const { db, now } = this.#context;
    const configuration = await this.#discovered();
    const checks: Checks = { verifier: client.randomPKCECodeVerifier(), state: client.randomState(), nonce: client.randomNonce() };
    const cookie = secret();
    const until = new Date(now().getTime() + SIGN_IN_MS).toISOString();
    // Anybody may begin one: those nobody ended must not pile up.
    await db.deleteFrom("signIns").where("until", "<=", now().toISOString()).execute();
    await db
      .insertInto("signIns")
      .values({ id: hashed(cookie), checks: JSON.stringify(checks), until })
      .execute();
    const location = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirectUri,
      scope: this.#options.scope ?? "openid profile",
      code_challenge: await client.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: "S256",
      state: checks.state,
      nonce: checks.nonce,
    });
    return { location, cookie };
  }

  /** What a sign-in must answer to, once: whoever comes back a second time finds nothing. */
  async #checks(cookie: string): Promise<Checks | null> {
    const { db, now } = this.#context;
    const row = await db.deleteFrom("signIns").where("id", "=", hashed(cookie)).returningAll().executeTakeFirst();
    return row === undefined || row.until <= now().toISOString() ? null : JSON.parse(row.checks);
  }

  /**
   * Ends a sign-in.
   *
   * @param query the query the provider sent the browser back with
   * @param cookie the cookie of {@link begin}
   * @returns the claims; null when this browser began no sign-in, or one too long ago
   * @throws Error when the answer does not hold: wrong state, refused or used code, wrong nonce, a token not for this client
   */
  async finish(query: string, cookie: string): Promise<Claims | null> {
    const checks = await this.#checks(cookie);
    if (checks === null) return null;
    const configuration = await this.#discovered();
    // The address as the provider knows it, whatever proxies made of this request's own.
    const answer = new URL(this.#redirectUri);
    answer.search = query;
    const { verifier, state, nonce } = checks;
    const expected = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(configuration, answer, expected);
    const claims = tokens.claims();
    if (claims === undefined) return null;
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
    return { ...(await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims };
  }

  /** Where one signs out of the provider too; null when it has no such place or does not answer. */
  async signOut(): Promise<string | null> {
    const configuration = await this.#discovered().catch(() => null);
    if (configuration?.serverMetadata().end_session_endpoint === undefined) return null;
    return client.buildEndSessionUrl(configuration).href;
  }
}
