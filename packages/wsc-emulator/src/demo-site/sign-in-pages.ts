import { type Request, type Response, Router } from "express";
import { clearCookie, readCookie, setCookie } from "./demo-cookies.ts";
import { escapeHtml, renderPage } from "./demo-layout.ts";
import { demoMember, demoSignInForm } from "./demo-member.ts";
import { DemoSessions, sessionMinutes } from "./demo-sessions.ts";
import { openSession, requireToken, sentToken, setMemberPolicy, tokenField } from "./member-guard.ts";
import { textParameter } from "./text-parameter.ts";

const { idParameter, passwordParameter } = demoSignInForm;

function sendSignInForm(
  sessions: DemoSessions,
  request: Request,
  response: Response,
  problem = "",
  memberId = "",
): void {
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
        ${tokenField(sessions, visit)}
        <label>Member <input name="${idParameter}" value="${escapeHtml(memberId)}" autocomplete="username" required></label>
        <label>Password <input type="password" name="${passwordParameter}" autocomplete="off" required></label>
        <button>Sign in</button>
      </form>`,
    ),
  );
}

/**
 * Sign-in and sign-out. Signing out requires the form with its unchanged token, so that a scan that follows every link and
 * changes form values stays signed in.
 */
export function signInPages(sessions: DemoSessions): Router {
  const router = Router();
  router.use([demoSignInForm.page, demoSignInForm.action, "/logout"], setMemberPolicy);

  router.get(demoSignInForm.page, (request, response) => {
    if (openSession(sessions, request) === undefined) sendSignInForm(sessions, request, response);
    else response.redirect(303, "/account");
  });

  router.post(demoSignInForm.action, (request, response) => {
    if (!sessions.isTokenOf(readCookie(request, "visit"), sentToken(request))) {
      response.status(403);
      return sendSignInForm(sessions, request, response, "This form is no longer valid. Please try again.");
    }
    const memberId = textParameter(request.body, idParameter);
    if (memberId !== demoMember.id || textParameter(request.body, passwordParameter) !== demoMember.password) {
      return sendSignInForm(sessions, request, response, "Member or password is wrong.", memberId);
    }
    clearCookie(response, "visit");
    setCookie(response, "session", sessions.open(), sessionMinutes * 60_000);
    response.redirect(303, "/account");
  });

  router.get("/logout", (request, response) => {
    const session = openSession(sessions, request);
    if (session === undefined) return response.redirect(303, "/");
    response.send(
      renderPage(
        "Sign out",
        `<form action="/logout" method="post">${tokenField(sessions, session)}<button>Sign out</button></form>`,
      ),
    );
  });

  router.post("/logout", requireToken(sessions), (request, response) => {
    sessions.close(readCookie(request, "session") ?? "");
    clearCookie(response, "session");
    response.redirect(303, "/");
  });

  return router;
}
