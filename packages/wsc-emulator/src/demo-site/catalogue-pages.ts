import { Router } from "express";
import { categories, products } from "./demo-catalogue.ts";
import { manualNames } from "./demo-files.ts";
import { escapeHtml, renderPage, renderProducts } from "./demo-layout.ts";
import { textParameter } from "./text-parameter.ts";

/** The home page, the product lists and the help page. They have no weakness. */
export function cataloguePages(): Router {
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

  return router;
}
