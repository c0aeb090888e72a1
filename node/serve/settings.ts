/**
 * From what somebody typed or set in the environment to the options of a gate; everything that cannot work is refused here, in words.
 */
import { readFileSync } from "node:fs";
import type { GateOptions } from "../api/host.js";
import { Role } from "../api/schema.js";
import type { Roles, SignIn } from "../session/options.js";
import { webhook } from "./webhook.js";

/** The settings of `countersign serve`, as typed. */
export type Settings = {
  store: string;
  host: string;
  port: number;
  signIn: "link" | "oidc";
  policy?: string;
  rules?: string;
  baseUrl?: string;
  signingKey?: string;
  publishUrl?: string;
  publishSecret?: string;
  submitToken?: string;
  metricsToken?: string;
  oidcIssuer?: string;
  oidcClientId?: string;
  oidcClientSecret?: string;
  oidcRoles?: string;
  oidcIdClaim?: string;
  oidcScope?: string;
};

/** A setting that does not work; the message says what to do. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

const EXAMPLE = "groups:forum-leads=lead,forum-moderators=moderator";

/** Reads `claim:value=role,…`. */
export function rolesFrom(text: string): Roles {
  const [, claim = "", list = ""] = /^([^:]+):(.+)$/su.exec(text) ?? [];
  const values = Object.fromEntries(
    list.split(",").map((pair) => {
      const at = pair.lastIndexOf("=");
      const [value, role] = [pair.slice(0, at).trim(), Role.safeParse(pair.slice(at + 1).trim())];
      if (claim === "" || value === "" || at < 1 || !role.success)
        throw new SettingsError(`the roles \`${text}\` cannot be read: write them as \`${EXAMPLE}\`; roles are ${Role.options.join(", ")}`);
      return [value, role.data];
    }),
  );
  return { claim: claim.trim(), values };
}

function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === "") throw new SettingsError(`\`--sign-in oidc\` needs ${name}`);
  return value;
}

function signInOf(settings: Settings): SignIn {
  const { signIn, baseUrl, oidcClientSecret, oidcIdClaim, oidcScope } = settings;
  const base = baseUrl === undefined ? {} : { baseUrl };
  if (signIn === "link") return { link: true, ...base };
  const issuer = needed(settings.oidcIssuer, "COUNTERSIGN_OIDC_ISSUER");
  const clientId = needed(settings.oidcClientId, "COUNTERSIGN_OIDC_CLIENT_ID");
  const roles = rolesFrom(needed(settings.oidcRoles, `COUNTERSIGN_OIDC_ROLES, such as \`${EXAMPLE}\``));
  needed(baseUrl, "`--base-url`, the address people reach this service at");
  const more = {
    ...(oidcClientSecret ? { clientSecret: oidcClientSecret } : {}),
    ...(oidcIdClaim ? { idClaim: oidcIdClaim } : {}),
    ...(oidcScope ? { scope: oidcScope } : {}),
  };
  return { oidc: { issuer, clientId, roles, ...more }, ...base };
}

/** Nothing is lost while there is nowhere to publish to: it waits in the outbox. */
const nowhere = () => Promise.reject(new Error("no `--publish-url`"));

function hostOf({ publishUrl, publishSecret }: Settings): Pick<GateOptions, "publish" | "withdraw" | "notify"> {
  if (publishUrl === undefined) return { publish: nowhere };
  if (!URL.canParse(publishUrl) || !/^https?:$/u.test(new URL(publishUrl).protocol))
    throw new SettingsError(`\`${publishUrl}\` is no address to publish to: write it as https://…`);
  if (publishSecret === undefined || publishSecret.length < 16)
    throw new SettingsError("`--publish-url` needs COUNTERSIGN_PUBLISH_SECRET, at least 16 characters the forum verifies with");
  return webhook({ url: publishUrl, secret: publishSecret });
}

function keyOf(file: string | undefined): Pick<GateOptions, "signingKey"> {
  if (file === undefined) return {};
  try {
    return { signingKey: JSON.parse(readFileSync(file, "utf8")) };
  } catch (cause) {
    throw new SettingsError(`cannot read the signing key \`${file}\`: it has to be a file with a private Ed25519 JWK`, { cause });
  }
}

/**
 * The gate's options.
 *
 * @throws SettingsError when something is missing or does not fit
 */
export function gateOptions(settings: Settings): GateOptions {
  const { store, policy, rules, submitToken, metricsToken } = settings;
  return {
    store,
    ...hostOf(settings),
    ...keyOf(settings.signingKey),
    signIn: signInOf(settings),
    ...(policy === undefined ? {} : { policyFile: policy }),
    ...(rules === undefined ? {} : { rulesFolder: rules }),
    ...(submitToken === undefined ? {} : { submissions: { token: submitToken } }),
    ...(metricsToken === undefined ? {} : { metrics: { token: metricsToken } }),
  };
}
