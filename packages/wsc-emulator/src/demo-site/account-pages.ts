import { Router } from "express";
import { sendDatabasePage } from "./database-page.ts";
import { selectByPastedText, selectByText } from "./demo-database.ts";
import { escapeHtml, priceText, renderPage } from "./demo-layout.ts";
import { demoMember } from "./demo-member.ts";
import type { DemoSessions } from "./demo-sessions.ts";
import { openSession, requireMember, requireToken, setMemberPolicy, tokenField } from "./member-guard.ts";
import { textParameter } from "./text-parameter.ts";
import type { WeaknessSwitches } from "./weakness-switches.ts";

const ordersByYear: ReadonlyMap<string, readonly { number: string; sum: number }[]> = new Map([
  [
    "2026",
    [
      { number: "1001", sum: 27_200 },
      { number: "1002", sum: 9_800 },
    ],
  ],
  ["2025", [{ number: "0418", sum: 38_000 }]],
]);

/** The pages that only a signed-in member sees. */
export function accountPages(sessions: DemoSessions, switches: WeaknessSwitches): Router {
  const router = Router();
  const member = requireMember(sessions);
  router.use("/account", setMemberPolicy);

  router.get("/account", member, (_request, response) => {
    response.send(
      renderPage(
        "Your account",
        `<p>Signed in as ${demoMember.name}.</p>
        <p><a href="/account/orders?year=2026">Your orders</a> <a href="/account/address">Your address</a></p>`,
      ),
    );
  });

  router.get("/account/orders", member, (request, response) => {
    const year = textParameter(request.query, "year");
    const select = switches.isOpen("account-orders") ? selectByPastedText : selectByText;
    sendDatabasePage(response, "Your orders", () => {
      const orders = select(ordersByYear, year) ?? [];
      const rows = orders.map(({ number, sum }) => `<tr><td>${number}</td><td>${priceText(sum)}</td></tr>`);
      return `<p>Orders of ${escapeHtml(year)}</p>
        <table><tr><th>Order</th><th>Sum</th></tr>${rows.join("")}</table>
        <p><a href="/account/orders?year=2025">Orders of 2025</a></p>`;
    });
  });

  router.get("/account/address", member, (request, response) => {
    response.send(
      renderPage(
        "Your address",
        `<form action="/account/address" method="post">
          ${tokenField(sessions, openSession(sessions, request) ?? "")}
          <label>Address <textarea name="address">1 Harbour Lane</textarea></label>
          <button>Save</button>
        </form>`,
      ),
    );
  });

  router.post("/account/address", member, requireToken(sessions), (request, response) => {
    const address = escapeHtml(textParameter(request.body, "address"));
    response.send(renderPage("Address saved", `<p>We would deliver to:</p><p>${address}</p>`));
  });

  return router;
}
