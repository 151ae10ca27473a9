import { Router } from "express";
import { escapeHtml, renderPage } from "./demo-layout.ts";
import { textParameter } from "./text-parameter.ts";

/** Cart and checkout. They have no weakness. */
export function checkoutPages(): Router {
  const router = Router();

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

  return router;
}
