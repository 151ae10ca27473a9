import { describe, expect, it, onTestFinished } from "vitest";
import { findingLine, scanAll, scanRequest, testScanner } from "../scanner/testing/scan-request.ts";
import { startRecordingSite } from "../scanner/testing/start-recording-site.ts";
import { createDemoSite, type DemoSite, type DemoSiteOptions } from "./create-demo-site.ts";
import { demoMember, demoSignInForm } from "./demo-member.ts";
import { sessionMinutes } from "./demo-sessions.ts";

const { page, action, idParameter, passwordParameter, tokenParameter } = demoSignInForm;
const memberPages = ["/account", "/account/orders?year=2026", "/account/address"];

async function startDemoSite(options: DemoSiteOptions = {}): Promise<DemoSite> {
  const site = await createDemoSite(options);
  onTestFinished(() => site.close());
  return site;
}

interface Visit {
  get(path: string): Promise<Response>;
  post(path: string, fields: Record<string, string>): Promise<Response>;
  /** The hidden token of the form on a page. */
  tokenOn(path: string): Promise<string>;
  cookies: Map<string, string>;
}

/** A minimal browser that keeps cookies and follows no redirects. */
function visit({ origin }: DemoSite): Visit {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(origin + path, { redirect: "manual", ...init, headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/expires=thu, 01 jan 1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  return {
    cookies,
    get: (path) => ask(path),
    post: (path, fields) => ask(path, { method: "POST", body: new URLSearchParams(fields) }),
    async tokenOn(path) {
      const html = await (await ask(path)).text();
      return new RegExp(`name="${tokenParameter}" value="([0-9a-f]+)"`).exec(html)?.[1] ?? "";
    },
  };
}

const rightFields = { [idParameter]: demoMember.id, [passwordParameter]: demoMember.password };

async function signedIn(site: DemoSite): Promise<Visit> {
  const visitor = visit(site);
  const token = await visitor.tokenOn(page);
  expect((await visitor.post(action, { ...rightFields, [tokenParameter]: token })).status).toBe(303);
  return visitor;
}

describe("signing in to the demo site", () => {
  it("sets a session cookie that scripts cannot read, and leads to the account", async () => {
    const visitor = visit(await startDemoSite());
    const token = await visitor.tokenOn(page);
    const answer = await visitor.post(action, { ...rightFields, [tokenParameter]: token });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/account");
    const session = answer.headers.getSetCookie().find((line) => line.startsWith("boat_session="));
    expect(session).toMatch(/; HttpOnly/);
    expect(session).toMatch(/; SameSite=Lax/);
    for (const path of memberPages) expect((await visitor.get(path)).status).toBe(200);
    expect((await visitor.get(page)).headers.get("location")).toBe("/account");
  });

  it.each<[string, Record<string, string>]>([
    ["a wrong password", { [passwordParameter]: "paper-boat" }],
    ["an empty password", { [passwordParameter]: "" }],
    ["no such member", { [idParameter]: "nobody" }],
    ["a member in other letter case", { [idParameter]: demoMember.id.toUpperCase() }],
  ])("shows the form again after %s", async (_, changes) => {
    const visitor = visit(await startDemoSite());
    const token = await visitor.tokenOn(page);
    const answer = await visitor.post(action, { ...rightFields, [tokenParameter]: token, ...changes });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(`name="${passwordParameter}"`);
    expect([...visitor.cookies.keys()]).toEqual(["boat_visit"]);
    // The same form may be sent again.
    expect((await visitor.post(action, { ...rightFields, [tokenParameter]: token })).status).toBe(303);
  });

  it("shows a wrong user name as text", async () => {
    const visitor = visit(await startDemoSite());
    const fields = { ...rightFields, [idParameter]: `"><script>`, [tokenParameter]: await visitor.tokenOn(page) };
    expect(await (await visitor.post(action, fields)).text()).toContain("&quot;&gt;&lt;script&gt;");
  });

  it.each<[string, (site: DemoSite, own: string) => Promise<Record<string, string>>]>([
    ["without a token", async () => ({})],
    ["with an empty token", async () => ({ [tokenParameter]: "" })],
    ["with a wrong token", async (_, own) => ({ [tokenParameter]: own.replace(/^./, "g") })],
    ["with the token of another visit", async (site) => ({ [tokenParameter]: await visit(site).tokenOn(page) })],
  ])("is refused %s", async (_, fieldsOf) => {
    const site = await startDemoSite();
    const visitor = visit(site);
    const own = await visitor.tokenOn(page);
    const answer = await visitor.post(action, { ...rightFields, ...(await fieldsOf(site, own)) });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain(`name="${passwordParameter}"`);
    expect(visitor.cookies.has("boat_session")).toBe(false);
  });

  it("is refused without the cookie that came with the form", async () => {
    const visitor = visit(await startDemoSite());
    const token = await visitor.tokenOn(page);
    visitor.cookies.clear();
    expect((await visitor.post(action, { ...rightFields, [tokenParameter]: token })).status).toBe(403);
  });

  it("is refused with a foreign cookie", async () => {
    const visitor = visit(await startDemoSite());
    visitor.cookies.set("boat_visit", "mine");
    const token = await visitor.tokenOn(page);
    visitor.cookies.set("boat_visit", "mine");
    expect((await visitor.post(action, { ...rightFields, [tokenParameter]: token })).status).toBe(403);
  });
});

describe("the account", () => {
  it.each(memberPages)("redirects from %s to the form without a session", async (path) => {
    const site = await startDemoSite();
    const strangers = [undefined, "boat_session=", `boat_session=${"0".repeat(32)}`, "boat_session=__proto__"];
    for (const cookie of strangers) {
      const headers = new Headers(cookie === undefined ? {} : { cookie });
      const answer = await fetch(site.origin + path, { redirect: "manual", headers });
      expect(answer.status).toBe(303);
      expect(answer.headers.get("location")).toBe(page);
    }
  });

  it("ends exactly when the session expires", async () => {
    let clock = Date.parse("2026-11-20T12:00:00Z");
    const visitor = await signedIn(await startDemoSite({ now: () => clock }));
    clock += sessionMinutes * 60_000 - 1;
    expect((await visitor.get("/account")).status).toBe(200);
    clock += 1;
    expect((await visitor.get("/account")).status).toBe(303);
  });

  it("ends for everybody when sessions are ended", async () => {
    const site = await startDemoSite();
    const visitor = await signedIn(site);
    site.endSessions();
    expect((await visitor.get("/account")).status).toBe(303);
  });

  it("saves nothing without the form token", async () => {
    const visitor = await signedIn(await startDemoSite());
    expect((await visitor.post("/account/address", { address: "x" })).status).toBe(403);
    const token = await visitor.tokenOn("/account/address");
    const answer = await visitor.post("/account/address", { address: "<b>", [tokenParameter]: token });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("&lt;b&gt;");
  });

  it("runs no script and keeps its origin, so that browsers send the cookies along", async () => {
    const visitor = await signedIn(await startDemoSite());
    for (const path of [...memberPages, "/logout"]) {
      const policy = (await visitor.get(path)).headers.get("content-security-policy");
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/sandbox|script-src/);
    }
  });
});

describe("signing out", () => {
  it("needs more than following the link", async () => {
    const visitor = await signedIn(await startDemoSite());
    expect((await visitor.get("/logout")).status).toBe(200);
    expect((await visitor.post("/logout", {})).status).toBe(403);
    expect((await visitor.post("/logout", { [tokenParameter]: "x" })).status).toBe(403);
    expect((await visitor.get("/account")).status).toBe(200);
  });

  it("ends the session, also with a kept cookie", async () => {
    const visitor = await signedIn(await startDemoSite());
    const kept = new Map(visitor.cookies);
    const token = await visitor.tokenOn("/logout");
    expect((await visitor.post("/logout", { [tokenParameter]: token })).status).toBe(303);
    expect(visitor.cookies.size).toBe(0);
    for (const [name, value] of kept) visitor.cookies.set(name, value);
    expect((await visitor.get("/account")).status).toBe(303);
    expect((await visitor.get("/logout")).headers.get("location")).toBe("/");
  });
});

describe("a scan of the demo site", () => {
  const lines = (site: DemoSite, visitor: "anonymous" | "member"): string[] =>
    site
      .weaknesses(visitor)
      .map(({ item, method, path, parameter }) => `${item} ${method} ${path} ${parameter}`)
      .sort();

  it("finds the account and its weakness with a member's cookie, and stays signed in", async () => {
    const site = await startDemoSite();
    const cookie = site.signIn();
    const request = scanRequest(`${site.origin}/`, { headers: { Cookie: cookie } });
    expect((await scanAll(request)).map(findingLine).sort()).toEqual(lines(site, "member"));
    expect((await fetch(`${site.origin}/account`, { redirect: "manual", headers: { cookie } })).status).toBe(200);
  });

  it.each<[string, (site: DemoSite) => Record<string, string>]>([
    ["no cookie", () => ({})],
    [
      "a cookie whose session is over",
      (site) => {
        const cookie = site.signIn();
        site.endSessions();
        return { Cookie: cookie };
      },
    ],
  ])("sees no page of the account with %s", async (_, headersOf) => {
    const site = await startDemoSite();
    const request = scanRequest(`${site.origin}/`, { headers: headersOf(site) });
    const { pages } = await testScanner().crawl(request, () => {});
    const seen = pages.filter(({ url }) => new URL(url).pathname.startsWith("/account"));
    expect(seen.map(({ status }) => status)).toEqual([303]);
  });

  it("sends the cookie to no other server", async () => {
    const other = await startRecordingSite((_, response) => response.end());
    const site = await startRecordingSite((_, response) => {
      response.setHeader("content-type", "text/html");
      response.end(`<a href="${other.origin}/a?x=1"></a><form action="${other.origin}/b"><input name="y"></form>`);
    });
    const request = scanRequest(`${site.origin}/`, {
      headers: { Cookie: "boat_session=canary" },
      isHostAllowed: () => true,
    });
    await scanAll(request);
    expect(site.requests.every(({ headers }) => headers.cookie === "boat_session=canary")).toBe(true);
    expect(other.requests).toEqual([]);
  });
});
