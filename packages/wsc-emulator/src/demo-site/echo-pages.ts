import { Router } from "express";
import { products } from "./demo-catalogue.ts";
import { escapeHtml, priceText, renderPage, renderProducts } from "./demo-layout.ts";
import { textParameter } from "./text-parameter.ts";
import type { WeaknessSwitches } from "./weakness-switches.ts";

/** Pages that show a parameter: unescaped while the weakness of the page is open. */
export function echoPages(switches: WeaknessSwitches): Router {
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

  router.post("/newsletter", (request, response) => {
    const name = textParameter(request.body, "name");
    const shown = switches.isOpen("newsletter") ? name : escapeHtml(name);
    const email = escapeHtml(textParameter(request.body, "email"));
    response.send(renderPage("Subscribed", `<p>Welcome aboard, ${shown}! We would write to ${email}.</p>`));
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

/** Escaped for HTML, although it is inside a script, where the apostrophe must be escaped. */
function carelessLiteral(text: string): string {
  return `'${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")}'`;
}

/** Returns a string literal for a script that no content can end. */
function safeLiteral(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
