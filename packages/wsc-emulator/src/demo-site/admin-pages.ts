import { Router } from "express";
import { priceText, renderPage } from "./demo-layout.ts";
import { textParameter } from "./text-parameter.ts";

/** The administration, public, so that a scan may have to exclude it. It has no weakness. */
export function adminPages(): Router {
  const router = Router();

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
