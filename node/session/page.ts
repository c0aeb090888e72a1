/**
 * The few pages of signing in. They stand alone, so that they work before anybody may see anything else.
 */
import { html, raw } from "hono/html";

type Html = ReturnType<typeof html>;

/** A page: one sentence, one thing to do. */
export type Page = {
  title: string;
  text: string;
  act?: { label: string; href: string } | { label: string; id: string } | { label: string; post: string };
};

function button(act: Page["act"]): Html {
  if (act === undefined) return raw("");
  if ("href" in act) return html`<a class="button" href="${act.href}">${act.label}</a>`;
  if ("post" in act) return html`<form method="post" action="${act.post}"><button class="button">${act.label}</button></form>`;
  return html`<button class="button" id="${act.id}" disabled>${act.label}</button>`;
}

/** A page's markup; every text is escaped. */
export function page(base: string, { title, text, act }: Page): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <link rel="icon" href="data:," />
    <title>${title} · Countersign</title>
    <link rel="stylesheet" href="${base}/signin/page.css" />
    <script type="module" src="${base}/signin/page.js"></script>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <p id="said" role="status">${text}</p>
      ${button(act)}
    </main>
  </body>
</html>`;
}

/** Takes the secret from behind the `#`, forgets it there, and hands it in when the person says so. */
export const SCRIPT = `const take = document.getElementById("take");
const said = document.getElementById("said");
const token = location.hash.slice(1);
if (take && token) {
  history.replaceState(null, "", location.pathname);
  take.disabled = false;
  take.addEventListener("click", async () => {
    take.disabled = true;
    const headers = { "content-type": "application/json", "x-countersign-request": "1" };
    const answer = await fetch(location.pathname, { method: "POST", headers, body: JSON.stringify({ token }) }).catch(() => null);
    if (answer?.ok) location.replace((await answer.json()).next);
    else said.textContent = answer === null ? "The service does not answer: try again." : (await answer.json()).detail;
    if (answer === null) take.disabled = false;
  });
} else if (take) said.textContent = "This link is not whole: copy all of it, with what stands behind the #.";
`;

/** Looks like the review page: same ground, same accent. */
export const STYLE = `:root { color-scheme: light dark; }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; background: light-dark(#f6f7f9, #14171c); color: light-dark(#1b1f26, #e6e9ee); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 26rem; padding: 2rem; display: grid; gap: 1rem; justify-items: start; }
h1 { margin: 0; font-size: 1.4rem; line-height: 1.3; text-wrap: balance; }
p { margin: 0; overflow-wrap: anywhere; }
.button { display: inline-block; min-height: 2.75rem; padding: 0.6rem 1.1rem; border: 0; border-radius: 0.5rem; background: light-dark(#1a4fc4, #8fb4ff); color: light-dark(#fff, #10141b); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
.button:disabled { opacity: 0.55; cursor: default; }
:focus-visible { outline: 3px solid light-dark(#1a4fc4, #8fb4ff); outline-offset: 2px; }
`;
