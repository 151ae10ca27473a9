import { Router } from "express";
import { categories, products } from "./demo-catalogue.ts";
import { escapeHtml, priceText, renderPage, renderProducts } from "./demo-layout.ts";
import { runServerSideIncludes } from "./server-side-includes.ts";

const news: ReadonlyMap<string, string> = new Map([
  ["1", "Our new ink, Deep sea, has arrived."],
  ["2", "The workshop for folding boats is on every first Saturday."],
]);

/** A parameter as text; repeated or nested ones count as absent. */
function textOf(parameters: unknown, name: string): string {
  const value = (parameters as Record<string, unknown> | undefined)?.[name];
  return typeof value === "string" ? value : "";
}

/** The pages that are as they should be: they escape what they show, or show nothing. */
export function soundPages(): Router {
  const router = Router();

  router.get("/", (_request, response) => {
    response.send(
      renderPage(
        "Good paper, slow letters",
        `<p>Everything for the desk, folded by hand since the tide went out.</p>${renderProducts(products.slice(0, 6), "home")}`,
      ),
    );
  });

  router.get("/category/:slug", (request, response, next) => {
    const category = categories.find(({ slug }) => slug === request.params.slug);
    if (category === undefined) return next();
    const list = products.filter((product) => product.category === category.slug);
    response.send(renderPage(category.name, renderProducts(list, category.slug)));
  });

  router.get("/price", (request, response) => {
    const [min, max] = [textOf(request.query, "min"), textOf(request.query, "max")];
    const list = products.filter(({ price }) => price >= (Number(min) || 0) && price <= (Number(max) || Infinity));
    response.send(
      renderPage(
        "Products by price",
        `<form action="/price">
          <label>From <input name="min" inputmode="numeric" value="${escapeHtml(min)}"></label>
          <label>To <input name="max" inputmode="numeric" value="${escapeHtml(max)}"></label>
          <button>Show</button>
        </form>
        <p>From ${escapeHtml(min || "0")} to ${escapeHtml(max || "any")} won</p>
        ${renderProducts(list, "price")}`,
      ),
    );
  });

  router.get("/api/stock", (request, response) => {
    const sku = textOf(request.query, "sku");
    response.json({ sku, inStock: products.some(({ id }) => String(id) === sku) });
  });

  router.get("/cart", (_request, response) => {
    response.send(renderPage("Cart", `<p>The cart holds one boat.</p><p><a href="/checkout">To the checkout</a></p>`));
  });

  router.post("/cart", (_request, response) => response.redirect(303, "/cart"));

  router.get("/checkout", (_request, response) => {
    response.send(
      renderPage(
        "Checkout",
        `<form action="/checkout" method="post">
          <label>Address <textarea name="address"></textarea></label>
          <label>Delivery <select name="delivery"><option value="post">Post</option><option value="boat">Boat</option></select></label>
          <input type="hidden" name="step" value="2">
          <button>Order</button>
        </form>`,
      ),
    );
  });

  router.post("/checkout", (request, response) => {
    const address = escapeHtml(textOf(request.body, "address"));
    response.send(renderPage("Thank you", `<p>We would deliver to:</p><p>${address}</p><p>But this is a demo.</p>`));
  });

  router.get("/help", (_request, response) => {
    response.send(
      renderPage(
        "Help",
        `<ul>
          <li><a href="/help/page.shtml?inc=delivery">Delivery</a></li>
          <li><a href="/help/page.shtml?inc=returns">Returns</a></li>
          <li><a href="https://help.example.com/">Help on another site</a></li>
        </ul>`,
      ),
    );
  });

  router.get("/admin", (_request, response) => {
    response.send(
      renderPage(
        "Administration",
        `<p>A part that one would exclude from a scan.</p>
        <p><a href="/admin/orders?page=1">Orders</a> <a href="/admin/settings">Settings</a></p>`,
      ),
    );
  });

  router.get("/admin/orders", (request, response) => {
    const page = Math.min(3, Math.max(1, Math.trunc(Number(textOf(request.query, "page"))) || 1));
    const rows = [1, 2, 3]
      .map((row) => `<tr><td>${page * 100 + row}</td><td>${priceText(row * 9_800)}</td></tr>`)
      .join("");
    const next = page < 3 ? `<p><a rel="next" href="/admin/orders?page=${page + 1}">Next page</a></p>` : "";
    response.send(renderPage("Orders", `<table><tr><th>Order</th><th>Sum</th></tr>${rows}</table>${next}`));
  });

  router.get("/admin/settings", (_request, response) => {
    response.send(
      renderPage(
        "Settings",
        `<form action="/admin/settings" method="post"><label>Shop name <input name="shop" value="Paper Boat"></label><button>Save</button></form>`,
      ),
    );
  });

  router.post("/admin/settings", (_request, response) => response.redirect(303, "/admin/settings"));
  router.get("/logout", (_request, response) => response.redirect(303, "/"));

  return router;
}

/** The pages of `demoSiteWeaknesses`: each trusts one parameter it should not. */
export function weakPages(now: () => Date): Router {
  const router = Router();

  router.get("/search", (request, response) => {
    const q = textOf(request.query, "q");
    const found = products.filter(({ name }) => name.toLowerCase().includes(q.toLowerCase()));
    response.send(renderPage("Search", `<p>You searched for: ${q}</p>${renderProducts(found, "search")}`));
  });

  router.get("/product", (request, response, next) => {
    const id = Number(textOf(request.query, "id"));
    const product = products.find((candidate) => candidate.id === id);
    if (product === undefined) return next();
    response.send(
      renderPage(
        product.name,
        `<p>${escapeHtml(product.description)}</p><p><b>${priceText(product.price)}</b></p>
        <form action="/cart" method="post" data-ref="${textOf(request.query, "ref")}">
          <input type="hidden" name="id" value="${product.id}">
          <label>Pieces <input type="number" name="count" value="1" min="1"></label>
          <button>Add to cart</button>
        </form>
        <p><a href="/api/stock?sku=${product.id}">In stock?</a></p>`,
      ),
    );
  });

  router.get("/offers", (request, response) => {
    // Escaped for markup, but it stands in a script, where the apostrophe is the one that counts.
    const campaign = textOf(request.query, "campaign")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;");
    response.send(
      renderPage(
        "Offers",
        `${renderProducts(products.slice(12, 18), "offers")}<script>document.body.dataset.campaign = '${campaign}';</script>`,
      ),
    );
  });

  router.get("/news.shtml", (request, response) => {
    const id = textOf(request.query, "id");
    const text = news.get(id) ?? `There is no news number ${id}.`;
    const links = [...news.keys()].map((key) => `<a href="/news.shtml?id=${key}">News ${key}</a>`).join(" ");
    response.send(runServerSideIncludes(renderPage("News", `<p>${text}</p><p>${links}</p>`), now()));
  });

  router.get("/help/page.shtml", (request, response) => {
    // Strips tags and forgets that a comment can be a directive.
    const topic = textOf(request.query, "inc").replace(/<\/?[a-z][^>]*>/gi, "");
    const page = renderPage(
      "Help topic",
      `<p>About ${topic}: please write to us.</p><p><a href="/help">All topics</a></p>`,
    );
    response.send(runServerSideIncludes(page, now()));
  });

  router.post("/newsletter", (request, response) => {
    const email = escapeHtml(textOf(request.body, "email"));
    response.send(
      renderPage("Subscribed", `<p>Welcome aboard, ${textOf(request.body, "name")}! We would write to ${email}.</p>`),
    );
  });

  return router;
}
