/**
 * How moderators sign in to the gate itself, where no forum knows them: by an identity provider, or by a link used once.
 */
import type { Moderator, Role } from "../api/schema.js";

/** What an identity provider says about somebody: the ID token's claims, and those of its user info. */
export type Claims = Record<string, unknown>;

/** Which role somebody has: by a function, or by the values of one claim (a text or a list of texts), the mightiest of which counts. */
export type Roles = ((claims: Claims) => Role | null | Promise<Role | null>) | { claim: string; values: Record<string, Role> };

/** An OpenID Connect provider (authorization code flow with PKCE, state and nonce). */
export type OidcOptions = {
  /** The provider's issuer, where its `.well-known/openid-configuration` is; https, or http on this machine. */
  issuer: string;
  clientId: string;
  /** Left out for a public client. */
  clientSecret?: string;
  /** Where the provider sends people back: the gate's `signin/callback`. From `baseUrl` when left out. */
  redirectUri?: string;
  /** Default `openid profile`; add what the roles are read from, such as `groups`. */
  scope?: string;
  /** Whoever has no role is not let in. */
  roles: Roles;
  /**
   * The claim that is the person's id in the forum: nobody decides on a post with their own id. One that people
   * cannot change themselves. Default `sub`.
   */
  idClaim?: string;
};

/** How to sign in. With `link`, `gate.signInLink` makes links that let one person in once. */
export type SignIn = {
  oidc?: OidcOptions;
  link?: boolean;
  /** The address people reach this service at, such as `https://forum.example`; each request's own when left out. */
  baseUrl?: string;
  /** Milliseconds after which an unused session ends. Default 1 hour. */
  idleMs?: number;
  /** Milliseconds after which every session ends. Default 12 hours. */
  absoluteMs?: number;
  /**
   * Which role a signed-in person has now; null ends their session. Asked at every request: answer from memory. Without it a role
   * stands until the session ends.
   */
  roleOf?: (moderator: Moderator) => Role | null | Promise<Role | null>;
};

/** Milliseconds. */
export const IDLE_MS = 3_600_000;
/** Milliseconds. */
export const ABSOLUTE_MS = 43_200_000;
/** Milliseconds a link counts. */
export const LINK_MS = 600_000;
/** Milliseconds somebody may take at the identity provider. */
export const SIGN_IN_MS = 600_000;
