/**
 * Signing in and out over HTTP.
 */
import type { Context as HonoContext, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { ProblemError } from "../api/problems.js";
import type { Moderator } from "../api/schema.js";
import type { Context } from "../context.js";
import { foreign, ownScriptOnly } from "../review/guard.js";
import type { App, Mount } from "../review/routes/mount.js";
import type { Access, SigningIn } from "./access.js";
import { read, write } from "./cookies.js";
import * as routes from "./describe.js";
import { limited } from "./limits.js";
import { take } from "./links.js";
import { SIGN_IN_MS } from "./options.js";
import { type Page, page, SCRIPT, STYLE } from "./page.js";
import { moderatorOf, personOf } from "./roles.js";
import type { Means } from "./sessions.js";

type Room = { context: Context; access: Access };

const LARGEST_BODY = 1_024;

const again = (base: string) => ({ label: "Sign in again", href: `${base}/signin` });

/** Lets somebody in: the session they may have had ends, theirs is a new one. */
async function enter(c: HonoContext, { access }: Room, { sessions }: SigningIn, moderator: Moderator, means: Means) {
  const url = access.addressOf(c.req.raw);
  const former = read(c.req.raw, "session", url);
  if (former !== undefined) await sessions.end(former);
  write(c, "session", url, await sessions.start(moderator, means), sessions.seconds);
}

async function begin(c: HonoContext, { access, context }: Room, { provider, link }: SigningIn) {
  if (provider === null) {
    const text = link ? "Open the link that was printed where the service was started." : "There is no way to sign in here.";
    return c.html(page(access.basePath, { title: "Sign in", text }), 200);
  }
  const begun = await provider.ask.begin().catch((error: unknown) => {
    context.log.log("error", "oidc/unreachable", { error: error instanceof Error ? error.name : "unknown" });
    return null;
  });
  if (begun === null) {
    const text = "The identity provider does not answer. Nothing is lost: held posts stay held.";
    return c.html(page(access.basePath, { title: "Signing in does not work now", text, act: again(access.basePath) }), 503);
  }
  write(c, "signin", access.addressOf(c.req.raw), begun.cookie, SIGN_IN_MS / 1000);
  return c.redirect(begun.location.href, 302);
}

const BROKEN = "The sign-in was not begun in this browser, took too long, or was used before.";

async function come(c: HonoContext, room: Room, signingIn: SigningIn) {
  const { access, context } = room;
  const { provider, sessions } = signingIn;
  if (provider === null) throw new ProblemError("not-found", "nobody signs in by a provider here: start at `/review/`");
  const url = access.addressOf(c.req.raw);
  const refuse = (status: 400 | 403, title: string, text: string) =>
    c.html(page(access.basePath, { title, text, act: again(access.basePath) }), status);
  const cookie = read(c.req.raw, "signin", url);
  write(c, "signin", url, "", 0);
  if (cookie === undefined) return refuse(400, "This sign-in does not count", BROKEN);
  const claims = await provider.ask.finish(new URL(c.req.url).search, cookie).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    context.log.log("warn", "oidc/refused", { code });
    return null;
  });
  if (claims === null) return refuse(400, "This sign-in does not count", BROKEN);
  const person = await personOf(claims, provider.options);
  if (person === undefined) return refuse(403, "This account cannot be told apart", "The identity provider names no id for it.");
  const moderator = moderatorOf(person);
  if (moderator === null) {
    await sessions.refused(person.id, "no-role");
    return refuse(403, "This desk is for moderators", "Your account may not review posts. Ask the forum's administrators if it should.");
  }
  await enter(c, room, signingIn, moderator, "oidc");
  return c.redirect(`${access.basePath}/review/`, 302);
}

function linkRoutes(app: App, room: Room, signingIn: SigningIn) {
  const { access, context } = room;
  app.openapi(routes.linkPage, (c) =>
    c.html(
      page(access.basePath, {
        title: "Sign in to the review desk",
        text: "This link lets you in once.",
        act: { label: "Sign in", id: "take" },
      }),
      200,
    ),
  );
  app.openapi(routes.takeLink, async (c) => {
    const moderator = await take(context, c.req.valid("json").token);
    if (moderator === null) {
      context.log.log("warn", "link/refused");
      throw new ProblemError("sign-in-refused", "this link was used or is older than ten minutes: restart the service to get another");
    }
    await enter(c, room, signingIn, moderator, "link");
    return c.json({ next: `${access.basePath}/review/` }, 200);
  });
}

function signOutRoutes(app: App, { access }: Room, { sessions, provider }: SigningIn) {
  const show = (c: HonoContext, shown: Page) => c.html(page(access.basePath, shown), 200);
  app.openapi(routes.signOutPage, (c) =>
    show(c, {
      title: "Sign out?",
      text: "What you decided stays decided.",
      act: { label: "Sign out", post: `${access.basePath}/signout` },
    }),
  );
  app.openapi(routes.signOut, async (c) => {
    // A plain form: it cannot send the header, a browser says where it stands.
    if (foreign(c.req.raw)) throw new ProblemError("cross-site", "sign out on the review page itself");
    const url = access.addressOf(c.req.raw);
    const token = read(c.req.raw, "session", url);
    if (token !== undefined) await sessions.end(token);
    write(c, "session", url, "", 0);
    return c.redirect(`${access.basePath}/signedout`, 303);
  });
  app.openapi(routes.signedOut, async (c) => {
    const there = (await provider?.ask.signOut()) ?? null;
    if (there === null)
      return show(c, { title: "You are signed out", text: "Nothing is lost: held posts stay held.", act: again(access.basePath) });
    const text = "You are signed out here, and still signed in at your identity provider.";
    return show(c, { title: "You are signed out", text, act: { label: "Sign out there too", href: there } });
  });
}

/** Mounts `/signin…` and `/signout`; without sign-in of its own the gate sends people to the forum's front page. */
export const mountSignIn: Mount = (app, room) => {
  const { access } = room;
  const { signingIn, limits } = access;
  const fresh: MiddlewareHandler = async (c, next) => {
    c.header("cache-control", "no-store");
    await next();
  };
  for (const path of ["/signin/*", "/signin", "/signout", "/signedout"]) app.use(path, fresh);
  if (signingIn === null) {
    app.openapi(routes.signIn, (c) => c.redirect("/", 302));
    return;
  }
  const onError = () => {
    throw new ProblemError("too-large", "this is no link's secret: copy the whole link");
  };
  const unlimited: MiddlewareHandler = (_c, next) => next();
  const perAddress = limits ? limited("sign-ins", limits.signIns, (c) => access.networkOf(c.req.raw) ?? "unknown") : unlimited;
  for (const path of ["/signin", "/signin/callback"]) app.use(path, perAddress);
  app.post("/signin/link", perAddress, ownScriptOnly, bodyLimit({ maxSize: LARGEST_BODY, onError }));
  app.get("/signin/page.js", (c) => c.body(SCRIPT, 200, { "content-type": "text/javascript; charset=utf-8" }));
  app.get("/signin/page.css", (c) => c.body(STYLE, 200, { "content-type": "text/css; charset=utf-8" }));
  app.openapi(routes.signIn, (c) => begin(c, room, signingIn) as never);
  app.openapi(routes.callback, (c) => come(c, room, signingIn) as never);
  if (signingIn.link) linkRoutes(app, room, signingIn);
  signOutRoutes(app, room, signingIn);
};
