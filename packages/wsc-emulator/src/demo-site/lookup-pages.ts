import { Router } from "express";
import { sendDatabasePage } from "./database-page.ts";
import { selectByPastedText, selectByText } from "./demo-database.ts";
import { readManual, readPastedPath } from "./demo-files.ts";
import { escapeHtml, priceText, renderPage } from "./demo-layout.ts";
import { textParameter } from "./text-parameter.ts";
import type { WeaknessSwitches } from "./weakness-switches.ts";

const parcels: ReadonlyMap<string, string> = new Map([
  ["1001", "On its way, two days out."],
  ["1002", "Waiting for the tide."],
]);

const vouchers: ReadonlyMap<string, number> = new Map([["FIRSTFOLD", 3_000]]);

/** Pages that look up a parameter in the database or among the files: unchecked while the weakness of the page is open. */
export function lookupPages(switches: WeaknessSwitches): Router {
  const router = Router();

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

  return router;
}
