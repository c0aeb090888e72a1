/**
 * Links that let one person in once. They are for whoever starts the service on their own machine: the secret is printed where only
 * they read it, stands behind the `#`, where no server, proxy or referrer sees it, and is taken by a POST a person confirms.
 */
import type { Moderator } from "../api/schema.js";
import type { Context } from "../context.js";
import { LINK_MS } from "./options.js";
import { hashed, secret } from "./secret.js";

/** Makes a link's secret, good for ten minutes. */
export async function issue({ db, now }: Context, moderator: Moderator): Promise<string> {
  const token = secret();
  const until = new Date(now().getTime() + LINK_MS).toISOString();
  await db
    .insertInto("links")
    .values({ id: hashed(token), moderator: JSON.stringify(moderator), until })
    .execute();
  return token;
}

/** Whom a secret lets in; null when it was used, is too old, or never was. Of two who take it at once one gets null. */
export async function take({ db, now }: Context, token: string): Promise<Moderator | null> {
  const row = await db.deleteFrom("links").where("id", "=", hashed(token)).returningAll().executeTakeFirst();
  return row === undefined || row.until <= now().toISOString() ? null : JSON.parse(row.moderator);
}
