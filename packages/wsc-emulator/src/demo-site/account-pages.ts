import { type Request, type RequestHandler, type Response, Router } from "express";
import { sendDatabasePage } from "./database-page.ts";
import { clearCookie, readCookie, setCookie } from "./demo-cookies.ts";
import { selectByPastedText, selectByText } from "./demo-database.ts";
import { escapeHtml, priceText, renderPage } from "./demo-layout.ts";
import { demoMember, demoSignInForm } from "./demo-member.ts";
import { DemoSessions, sessionMinutes } from "./demo-sessions.ts";
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

const { idParameter, passwordParameter, tokenParameter } = demoSignInForm;

// No scripts, and unlike the shop's pages an origin: without one a browser would keep the cookies back from the forms.
const policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * Sign-in, the account behind it, and sign-out. Following a link to sign out changes nothing, only its form does, and
 * that wants an untouched token: so a scan that presses every button stays signed in.
 */
export function accountPages(sessions: DemoSessions, switches: WeaknessSwitches): Router {
  const router = Router();

  const sessionOf = (request: Request): string | undefined => {
    const session = readCookie(request, "session");
    return sessions.isOpen(session) ? session : undefined;
  };
  const tokenField = (cookie: string): string =>
    `<input type="hidden" name="${tokenParameter}" value="${sessions.tokenOf(cookie)}">`;
  const tokenIn = (request: Request): string => textParameter(request.body, tokenParameter);

  const sendSignInForm = (request: Request, response: Response, problem = "", memberId = ""): void => {
    let visit = readCookie(request, "visit");
    if (visit === undefined) {
      visit = DemoSessions.newSecret();
      setCookie(response, "visit", visit);
    }
    response.send(
      renderPage(
        "Sign in",
        `${problem === "" ? "" : `<p role="alert">${escapeHtml(problem)}</p>`}
        <form action="${demoSignInForm.action}" method="post">
          ${tokenField(visit)}
          <label>Member <input name="${idParameter}" value="${escapeHtml(memberId)}" autocomplete="username" required></label>
          <label>Password <input type="password" name="${passwordParameter}" autocomplete="off" required></label>
          <button>Sign in</button>
        </form>`,
      ),
    );
  };

  const requireMember: RequestHandler = (request, response, next) => {
    response.setHeader("Cache-Control", "no-store");
    if (sessionOf(request) === undefined) response.redirect(303, demoSignInForm.page);
    else next();
  };
  const requireToken: RequestHandler = (request, response, next) => {
    if (sessions.isTokenOf(sessionOf(request), tokenIn(request))) return next();
    response.status(403).send(renderPage("Not accepted", "<p>This form is no longer valid. Open it anew.</p>"));
  };

  router.use([demoSignInForm.page, demoSignInForm.action, "/account", "/logout"], (_request, response, next) => {
    response.setHeader("Content-Security-Policy", policy);
    next();
  });

  router.get(demoSignInForm.page, (request, response) => {
    if (sessionOf(request) === undefined) sendSignInForm(request, response);
    else response.redirect(303, "/account");
  });

  router.post(demoSignInForm.action, (request, response) => {
    if (!sessions.isTokenOf(readCookie(request, "visit"), tokenIn(request))) {
      response.status(403);
      return sendSignInForm(request, response, "This form is no longer valid. Please try again.");
    }
    const memberId = textParameter(request.body, idParameter);
    if (memberId !== demoMember.id || textParameter(request.body, passwordParameter) !== demoMember.password) {
      return sendSignInForm(request, response, "Member or password is wrong.", memberId);
    }
    clearCookie(response, "visit");
    setCookie(response, "session", sessions.open(), sessionMinutes * 60_000);
    response.redirect(303, "/account");
  });

  router.get("/account", requireMember, (_request, response) => {
    response.send(
      renderPage(
        "Your account",
        `<p>Signed in as ${demoMember.name}.</p>
        <p><a href="/account/orders?year=2026">Your orders</a> <a href="/account/address">Your address</a></p>`,
      ),
    );
  });

  router.get("/account/orders", requireMember, (request, response) => {
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

  router.get("/account/address", requireMember, (request, response) => {
    response.send(
      renderPage(
        "Your address",
        `<form action="/account/address" method="post">
          ${tokenField(sessionOf(request) ?? "")}
          <label>Address <textarea name="address">1 Harbour Lane</textarea></label>
          <button>Save</button>
        </form>`,
      ),
    );
  });

  router.post("/account/address", requireMember, requireToken, (request, response) => {
    const address = escapeHtml(textParameter(request.body, "address"));
    response.send(renderPage("Address saved", `<p>We would deliver to:</p><p>${address}</p>`));
  });

  router.get("/logout", (request, response) => {
    const session = sessionOf(request);
    if (session === undefined) return response.redirect(303, "/");
    response.send(
      renderPage(
        "Sign out",
        `<form action="/logout" method="post">${tokenField(session)}<button>Sign out</button></form>`,
      ),
    );
  });

  router.post("/logout", requireToken, (request, response) => {
    sessions.close(readCookie(request, "session") ?? "");
    clearCookie(response, "session");
    response.redirect(303, "/");
  });

  return router;
}
