import type { AuthSettings } from "../config/auth-settings.ts";
import type { Config } from "../config/config.ts";
import { textWithin } from "../identity/bounded-fetch.ts";
import { adviceForConnection, codesOf, type Finding, ok, problem, skipped, warning } from "./finding.ts";

const limitMs = 5_000;
/** A user name that nobody has. */
const forgedUser = "wsc-doctor-forged";

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function ask(url: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const answer = await fetch(url, { headers, redirect: "manual", signal: AbortSignal.timeout(limitMs) });
  return { status: answer.status, text: await textWithin(answer) };
}

/** Identity headers that a client could forge. */
function forgedHeaders(auth: AuthSettings): Record<string, string> {
  if (auth.mode !== "header") return {};
  const groups = [...auth.roleMap.keys()].join(auth.groupsSeparator);
  return { [auth.userHeader]: forgedUser, [auth.groupsHeader]: groups };
}

function codeIn(text: string): string | null {
  try {
    const { code } = Object(JSON.parse(text)) as { code?: unknown };
    return typeof code === "string" ? code : null;
  } catch {
    return null;
  }
}

/** Calls the dashboard through the proxy, as browsers do, without an identity. */
export async function checkProxy({ publicOrigin, auth }: Config): Promise<Finding> {
  if (publicOrigin === null) return skipped("proxy", "WSC_PUBLIC_ORIGIN is not set: there is no proxy");
  try {
    const { status, text } = await ask(`${publicOrigin}/api/session`, { "X-WSC-Request": "1", ...forgedHeaders(auth) });
    if (codeIn(text) === "HOST_MISMATCH") {
      return problem(
        "proxy",
        "the proxy forwards another Host than browsers send",
        "pass Host on unchanged (docs/sso.md)",
      );
    }
    if (status === 200 && text.includes(forgedUser)) {
      return problem(
        "proxy",
        "the proxy forwards identity headers of clients: anyone can impersonate anyone",
        "set each identity header in the proxy, also to nothing (docs/sso.md), and restart it at once",
      );
    }
    if (status >= 502 && status <= 504) {
      return problem(
        "proxy",
        `the proxy answers ${status}`,
        "start the dashboard and, where the proxy asks one, the sign-in service; correct their addresses in the proxy",
      );
    }
    if (codeIn(text) === "REQUEST_GUARD_MISSING") {
      return problem("proxy", "the proxy takes X-WSC-Request away", "let this header pass");
    }
    if (status >= 300 && status < 500) return ok("proxy", `${publicOrigin} refuses requests without an identity`);
    return warning("proxy", `${publicOrigin} answers ${status}`, "expected is 401, or a redirect to the sign-in");
  } catch (error) {
    const codes = codesOf(error);
    const advice = adviceForConnection(codes) ?? "correct WSC_PUBLIC_ORIGIN, or start the proxy";
    return problem("proxy", `${publicOrigin} cannot be reached from here (${codes.at(-1) ?? "no answer"})`, advice);
  }
}
