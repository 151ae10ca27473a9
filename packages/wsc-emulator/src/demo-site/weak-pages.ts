import { Router } from "express";
import { sendDatabasePage } from "./database-page.ts";
import { products } from "./demo-catalogue.ts";
import { selectByPastedText, selectByText } from "./demo-database.ts";
import { readManual, readPastedPath } from "./demo-files.ts";
import { escapeHtml, priceText, renderPage, renderProducts } from "./demo-layout.ts";
import { runServerSideIncludes } from "./server-side-includes.ts";
import { textParameter } from "./text-parameter.ts";
import type { WeaknessSwitches } from "./weakness-switches.ts";

const news: ReadonlyMap<string, string> = new Map([
  ["1", "Our new ink, Deep sea, has arrived."],
  ["2", "The workshop for folding boats is on every first Saturday."],
]);

const parcels: ReadonlyMap<string, string> = new Map([
  ["1001", "On its way, two days out."],
  ["1002", "Waiting for the tide."],
]);

const vouchers: ReadonlyMap<string, number> = new Map([["FIRSTFOLD", 3_000]]);

const stripTags = (text: string): string => text.replace(/<\/?[a-z][^>]*>/gi, "");
const disarmComments = (text: string): string => text.replaceAll("<!--", "&lt;!--");

/** The public pages of the site's weaknesses: each trusts one parameter while its weakness is open. */
export function weakPages(switches: WeaknessSwitches, now: () => Date): Router {
  const router = Router();

  router.get("/search", (request, response) => {
    const q = textParameter(request.query, "q");
    const found = products.filter(({ name }) => name.toLowerCase().includes(q.toLowerCase()));
    const shown = switches.isOpen("search") ? q : escapeHtml(q);
    response.send(renderPage("Search", `<p>You searched for: ${shown}</p>${renderProducts(found, "search")}`));
  });

  router.get("/product", (request, response, next) => {
    const id = Number(textParameter(request.query, "id"));
    const product = products.find((candidate) => candidate.id === id);
    if (product === undefined) return next();
    const ref = textParameter(request.query, "ref");
    response.send(
      renderPage(
        product.name,
        `<p>${escapeHtml(product.description)}</p><p><b>${priceText(product.price)}</b></p>
        <form action="/cart" method="post" data-ref="${switches.isOpen("product") ? ref : escapeHtml(ref)}">
          <input type="hidden" name="id" value="${product.id}">
          <label>Pieces <input type="number" name="count" value="1" min="1"></label>
          <button>Add to cart</button>
        </form>
        <p><a href="/api/stock?sku=${product.id}">In stock?</a></p>`,
      ),
    );
  });

  router.get("/offers", (request, response) => {
    const campaign = textParameter(request.query, "campaign");
    const list = renderProducts(products.slice(12, 18), "offers");
    const literal = switches.isOpen("offers") ? carelessLiteral(campaign) : safeLiteral(campaign);
    response.send(renderPage("Offers", `${list}<script>document.body.dataset.campaign = ${literal};</script>`));
  });

  router.get("/news.shtml", (request, response) => {
    const id = textParameter(request.query, "id");
    const guards = [
      ...(switches.isOpen("news-text") ? [] : [stripTags]),
      ...(switches.isOpen("news-include") ? [] : [disarmComments]),
    ];
    const shown = guards.reduce((text, guard) => guard(text), id);
    const text = news.get(id) ?? `There is no news number ${shown}.`;
    const links = [...news.keys()].map((key) => `<a href="/news.shtml?id=${key}">News ${key}</a>`).join(" ");
    response.send(runServerSideIncludes(renderPage("News", `<p>${text}</p><p>${links}</p>`), now()));
  });

  router.get("/help/page.shtml", (request, response) => {
    const topic = textParameter(request.query, "inc");
    // Stripping tags forgets that a comment can be a directive.
    const shown = switches.isOpen("help-include") ? stripTags(topic) : escapeHtml(topic);
    const page = renderPage(
      "Help topic",
      `<p>About ${shown}: please write to us.</p><p><a href="/help">All topics</a></p>`,
    );
    response.send(runServerSideIncludes(page, now()));
  });

  router.post("/newsletter", (request, response) => {
    const name = textParameter(request.body, "name");
    const shown = switches.isOpen("newsletter") ? name : escapeHtml(name);
    const email = escapeHtml(textParameter(request.body, "email"));
    response.send(renderPage("Subscribed", `<p>Welcome aboard, ${shown}! We would write to ${email}.</p>`));
  });

  router.get("/track", (request, response) => {
    const number = textParameter(request.query, "number");
    const select = switches.isOpen("track") ? selectByPastedText : selectByText;
    sendDatabasePage(
      response,
      "Where is my order?",
      () => `<form action="/track">
          <label>Order <input name="number" value="${escapeHtml(number)}"></label><button>Find</button>
        </form>
        <p>${select(parcels, number) ?? "No parcel has that number."}</p>`,
    );
  });

  router.post("/voucher", (request, response) => {
    const code = textParameter(request.body, "code");
    const select = switches.isOpen("voucher") ? selectByPastedText : selectByText;
    sendDatabasePage(response, "Voucher", () => {
      const worth = select(vouchers, code);
      return worth === undefined ? "<p>There is no such voucher.</p>" : `<p>Worth ${priceText(worth)}</p>`;
    });
  });

  router.get("/manual", (request, response) => {
    const doc = textParameter(request.query, "doc");
    const text = switches.isOpen("manual") ? readPastedPath(doc) : readManual(doc);
    if (text === undefined) response.status(404);
    response.send(
      renderPage("Manual", text === undefined ? "<p>No such manual.</p>" : `<pre>${escapeHtml(text)}</pre>`),
    );
  });

  router.get("/gift", (request, response) => {
    const message = textParameter(request.query, "message");
    const shown = switches.isOpen("gift") ? message : escapeHtml(message);
    response.send(
      renderPage(
        "Gift card",
        `<form action="/gift"><label>Message <input name="message"></label><button>Preview</button></form>
        <p>The card would say: ${shown}</p>`,
      ),
    );
  });

  return router;
}

/** Escaped for markup, but it stands in a script, where the apostrophe is the one that counts. */
function carelessLiteral(text: string): string {
  return `'${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")}'`;
}

/** A string of a script that nothing inside it can end. */
function safeLiteral(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
