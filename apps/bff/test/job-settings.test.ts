import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { idleScanner } from "./crash/gateway-truth.ts";
import { formSignInOf, type LoginSite, startLoginSite } from "./login-site.ts";
import { jobBody, type Stack, startStack, until } from "./start-bff.ts";

let site: LoginSite;
let stack: Stack;
beforeAll(async () => {
  site = await startLoginSite();
  // While a job is being scanned, the gateway refuses the next one of its target, which is then retried two minutes later.
  stack = await startStack({ scanner: idleScanner, environment: { WSC_ALLOW_PRIVATE_TARGETS: "true" } });
});
afterAll(async () => {
  await stack.close();
  await site.close();
});

const settingsOf = (path: string, persona = "operator") => stack.ask("GET", `/api/${path}/settings`, { persona });

async function submit(change: object) {
  const { json } = await stack.ask("POST", "/api/jobs", { body: jobBody(`${site.origin}/`, { ...change }) });
  return json.submission.id as string;
}
const bound = async (id: string): Promise<string> => {
  const submission = await until(
    async () => (await stack.ask("GET", `/api/submissions/${id}`)).json.submission,
    ({ state }) => state === "BOUND",
  );
  return submission.instanceNo;
};
const form = () => formSignInOf(site, { extra: { tenant: "tenant-canary" } });
const foreign = (change: object) => {
  const [instanceNo = ""] = stack.emulator.control.addJobs([
    { startUrl: "https://foreign.example.com/", status: 4, memo: "theirs", ...change },
  ]);
  return instanceNo;
};

describe("the settings of a job", () => {
  it("that this dashboard sent are complete except for credentials", async () => {
    const wanted = {
      excludeUrls: [`${site.origin}/logout`],
      items: ["XSS", "SQL Injection"],
      userAgent: "iPhone",
      speed: "3",
      memo: "점검 #1",
      hosting: "ncloud",
    };
    const instanceNo = await bound(await submit({ ...wanted, signIn: form() }));
    const { json, text } = await settingsOf(`jobs/${instanceNo}`);
    expect(json).toEqual({
      source: "submission",
      settings: {
        startUrl: `${site.origin}/`,
        ...wanted,
        signIn: {
          kind: "form",
          pageUrl: `${site.origin}/login`,
          actionUrl: `${site.origin}/session`,
          idParam: "id",
          passwordParam: "pw",
          extraNames: ["tenant"],
        },
      },
    });
    expect(text).not.toMatch(/canary|wörd/);
    const rows = await stack.database.db.selectFrom("submission").select("request").execute();
    expect(JSON.stringify(rows)).not.toMatch(/canary|wörd/);
  });

  it("include the names of its sign-in headers, also for a scheduled job", async () => {
    const headers = { Cookie: site.signIn(), "X-Key": "header-canary" };
    const instanceNo = await bound(await submit({ signIn: { kind: "headers", headers } }));
    const { json, text } = await settingsOf(`jobs/${instanceNo}`);
    expect(json.settings.signIn).toEqual({ kind: "headers", headerNames: ["Cookie", "X-Key"] });
    expect(text).not.toContain("canary");
    const rule = { every: "day", localTime: "02:00", zone: "UTC" };
    await stack.ask("POST", "/api/schedules", {
      body: jobBody(`${site.origin}/`, { rule, signIn: { kind: "headers", headers } }),
    });
    const [kept] = await stack.database.db.selectFrom("schedule").select("request").execute();
    expect(JSON.parse(kept?.request ?? "").signInNames).toEqual({ kind: "headers", headerNames: ["Cookie", "X-Key"] });
    expect(kept?.request).not.toContain("canary");
  });

  it("of a job from elsewhere are those of its report, without speed and hosting", async () => {
    const excludeUrls = ["https://foreign.example.com/logout", "https://foreign.example.com/a,b"];
    const order = { excludeUrls, items: ["XSS"], userAgent: "Android", headers: { Cookie: "SID=report-canary" } };
    const { json, text } = await settingsOf(`jobs/${foreign(order)}`);
    expect(json).toEqual({
      source: "report",
      settings: {
        startUrl: "https://foreign.example.com/",
        memo: "theirs",
        excludeUrls,
        items: ["XSS"],
        userAgent: "Android",
        signIn: { kind: "headers", headerNames: ["Cookie"] },
      },
    });
    expect(text).not.toContain("canary");
    expect((await settingsOf(`jobs/${foreign({ userAgent: "Netscape" })}`)).json.settings).toMatchObject({
      signIn: { kind: "none" },
    });
    expect((await settingsOf(`jobs/${foreign({ userAgent: "Netscape" })}`)).json.settings).not.toHaveProperty(
      "userAgent",
    );
  });

  it.each([
    ["is still running", { status: 2 as const, progress: 10 }],
    ["failed", { status: 5 as const }],
    ["is older than a year", { startedAt: "2020-01-01T00:00:00Z", endedAt: "2020-01-02T00:00:00Z" }],
  ])("of somebody else's job that %s are address and memo, and no report is asked for", async (_, change) => {
    const before = stack.emulator.control.requests().filter(({ operation }) => operation === "getReport").length;
    expect((await settingsOf(`jobs/${foreign(change)}`)).json).toEqual({
      source: "list",
      settings: { startUrl: "https://foreign.example.com/", memo: "theirs" },
    });
    const after = stack.emulator.control.requests().filter(({ operation }) => operation === "getReport").length;
    expect(after).toBe(before);
  });

  it("do not fail with the report, and omit values that the form cannot hold", async () => {
    const many = Array.from({ length: 201 }, (_, index) => `https://foreign.example.com/${index}`);
    expect((await settingsOf(`jobs/${foreign({ excludeUrls: many })}`)).json.settings).not.toHaveProperty(
      "excludeUrls",
    );
    const instanceNo = foreign({});
    stack.emulator.control.addFault({ operation: "getReport", times: 3, effect: { kind: "garbage" } });
    expect((await settingsOf(`jobs/${instanceNo}`)).json.source).toBe("list");
    stack.emulator.control.clearFaults();
  });

  it("are for roles that may create jobs, and 404 for unknown jobs", async () => {
    const instanceNo = foreign({});
    for (const persona of ["viewer", "auditor"]) {
      expect((await settingsOf(`jobs/${instanceNo}`, persona)).status).toBe(403);
    }
    expect(await settingsOf("jobs/999999")).toMatchObject({ status: 404, json: { code: "JOB_NOT_FOUND" } });
    expect((await settingsOf("jobs/1%2F2")).status).toBe(400);
  });
});

describe("the settings of a submission", () => {
  it("are what was sent, including time and repeated job", async () => {
    const localTime = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 16);
    const when = { kind: "at", localTime, zone: "UTC" };
    const id = await submit({ when, rescanOf: "7000101", signIn: form() });
    const { json, text } = await settingsOf(`submissions/${id}`);
    expect(json.settings).toMatchObject({ when, rescanOf: "7000101", signIn: { kind: "form", idParam: "id" } });
    expect(json.settings).not.toHaveProperty("consent");
    expect(text).not.toMatch(/canary|wörd/);
    expect((await settingsOf(`submissions/${id}`, "viewer")).status).toBe(403);
    expect(await settingsOf("submissions/none")).toMatchObject({
      status: 404,
      json: { code: "SUBMISSION_NOT_FOUND" },
    });
  });
});
