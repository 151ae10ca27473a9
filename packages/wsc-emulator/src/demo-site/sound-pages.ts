import { Router } from "express";
import { categories, products } from "./demo-catalogue.ts";
import { manualNames } from "./demo-files.ts";
import { escapeHtml, priceText, renderPage, renderProducts } from "./demo-layout.ts";
import { textParameter } from "./text-parameter.ts";

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
    const [min, max] = [textParameter(request.query, "min"), textParameter(request.query, "max")];
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
    const sku = textParameter(request.query, "sku");
    response.json({ sku, inStock: products.some(({ id }) => String(id) === sku) });
  });

  router.get("/cart", (_request, response) => {
    response.send(
      renderPage(
        "Cart",
        `<p>The cart holds one boat.</p>
        <form action="/voucher" method="post"><label>Voucher <input name="code"></label><button>Redeem</button></form>
        <p><a href="/gift">Add a gift card</a> <a href="/checkout">To the checkout</a></p>`,
      ),
    );
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
    const address = escapeHtml(textParameter(request.body, "address"));
    response.send(renderPage("Thank you", `<p>We would deliver to:</p><p>${address}</p><p>But this is a demo.</p>`));
  });

  router.get("/help", (_request, response) => {
    response.send(
      renderPage(
        "Help",
        `<ul>
          <li><a href="/help/page.shtml?inc=delivery">Delivery</a></li>
          <li><a href="/help/page.shtml?inc=returns">Returns</a></li>
          <li><a href="/track?number=1001">Where is my order?</a></li>
          ${manualNames.map((name) => `<li><a href="/manual?doc=${name}">Manual: ${name}</a></li>`).join("")}
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
    const page = Math.min(3, Math.max(1, Math.trunc(Number(textParameter(request.query, "page"))) || 1));
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

  return router;
}
