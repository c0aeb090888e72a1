/**
 * From what an identity provider says about somebody to a moderator, or to nobody.
 */
import { type Moderator, Role } from "../api/schema.js";
import type { Claims, OidcOptions, Roles } from "./options.js";

/** From the mightiest on. */
const ORDER: readonly Role[] = ["lead", "moderator", "auditor"];

const texts = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter((entry) => typeof entry === "string");

/** The role claims give; null when they give none. */
export async function roleOf(claims: Claims, roles: Roles): Promise<Role | null> {
  if (typeof roles === "function") return Role.nullable().parse(await roles(claims));
  const own = new Set(texts(claims[roles.claim]).map((value) => (Object.hasOwn(roles.values, value) ? roles.values[value] : undefined)));
  return ORDER.find((role) => own.has(role)) ?? null;
}

const LONGEST = 200;
const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value.slice(0, LONGEST) : undefined);

/** Somebody the provider vouches for: who, and as what; `role` null when they may not in. */
export type Vouched = { id: string; name: string; role: Role | null };

/** Who claims are about; undefined when the claim that says so is missing. */
export async function personOf(claims: Claims, { roles, idClaim = "sub" }: OidcOptions): Promise<Vouched | undefined> {
  const id = claims[idClaim];
  if (typeof id !== "string" || id === "" || id.length > LONGEST) return undefined;
  return { id, name: text(claims.name) ?? text(claims.preferred_username) ?? id, role: await roleOf(claims, roles) };
}

/** The moderator somebody with a role is. */
export const moderatorOf = ({ id, name, role }: Vouched): Moderator | null => (role === null ? null : { id, name, role });
