import { bffApi, type Overview, type Target, type VerdictView } from "@wsc-dashboard/wsc-core";
import { createDemoSite, type DemoSite } from "@wsc-dashboard/wsc-emulator";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Answer, type Bff, jobBody, type Stack, startStack, until } from "./start-bff.ts";

const day = 86_400_000;

type Kept = VerdictView & { identity: string };
interface Finding {
  readonly number: string;
  readonly item: string;
  readonly url: string;
  readonly parameter: string;
  readonly fingerprint: string;
}

const findingsOf = async (bff: Bff, id: string): Promise<Finding[]> =>
  (await bff.ask("GET", `/api/jobs/${id}/report`)).json.findings;
const keptOf = async (bff: Bff, id: string, persona = "viewer"): Promise<Kept[]> =>
  (await bff.ask("GET", `/api/jobs/${id}/report/verdicts`, { persona })).json.verdicts;
const change = (bff: Bff, body: Record<string, unknown>, persona = "operator"): Promise<Answer> =>
  bff.ask("POST", "/api/verdicts", { persona, body });
const decide = (decision: Record<string, unknown>) => ({ kind: "decide", decision });
const asked = (...fingerprints: string[]) => fingerprints.map((fingerprint) => ({ fingerprint, version: 0 }));

describe("the demo site, scanned, decided, patched and scanned again", () => {
  let site: DemoSite;
  let own: Stack;
  let host: string;
  const ids: Record<"first" | "second" | "narrow" | "third", string> = { first: "", second: "", narrow: "", third: "" };

  async function scan(body: Record<string, unknown> = {}): Promise<string> {
    const { json } = await own.ask("POST", "/api/jobs", { body: jobBody(`${site.origin}/`, { speed: "3", ...body }) });
    const submission = await until(
      async () => (await own.ask("GET", `/api/submissions/${json.submission.id}`)).json.submission,
      ({ instanceNo, state }) => instanceNo !== undefined || state === "FAILED",
    );
    await until(
      async () => (await own.ask("GET", `/api/jobs/${submission.instanceNo}`)).json.job,
      (job) => job?.status.phase === "completed",
    );
    return submission.instanceNo;
  }
  /** Returns the state of each stored finding by its place. */
  const statesOf = async (id: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await keptOf(own, id)).map(({ fingerprint, state, cause }) => [
        decodeURIComponent(fingerprint ?? "")
          .split("/")
          .at(-1) ?? "",
        cause === null ? state : `${state} ${cause}`,
      ]),
    );
  const list = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await own.ask("GET", `/api/verdicts?host=${encodeURIComponent(host)}&limit=100`)).json.verdicts.map(
        ({ fingerprint, state, cause }: Kept) => [
          decodeURIComponent(fingerprint ?? "")
            .split("/")
            .at(-1) ?? "",
          cause === null ? state : `${state} ${cause}`,
        ],
      ),
    );

  beforeAll(async () => {
    site = await createDemoSite();
    host = new URL(site.origin).host;
    own = await startStack({ environment: { WSC_ALLOW_PRIVATE_TARGETS: "true" } });
    ids.first = await scan();
    const at = (path: string): string[] =>
      findings.filter(({ url }) => new URL(url).pathname === path).map(({ fingerprint }) => fingerprint);
    const findings = await findingsOf(own, ids.first);
    const base = { host, instanceNo: ids.first };
    const fixed = asked(...at("/search"), ...at("/track"), ...at("/product"));
    const accepted = { verdict: "risk-accepted", reason: "Known.", until: "2027-01-31" };
    const answers = [
      await change(own, { ...base, findings: fixed, change: decide({ verdict: "fixed" }) }),
      await change(own, { ...base, findings: asked(...at("/offers")), change: decide(accepted) }),
    ];
    for (const { status, json } of answers) {
      expect(status).toBe(200);
      expect(json.results.length).toBeGreaterThan(0);
      expect(json.results.every(({ code }: { code?: string }) => code === undefined)).toBe(true);
    }
    site.patch(["search", "track"]);
    ids.narrow = await scan({ items: ["LFI"] });
  });
  afterAll(async () => {
    await own.close();
    await site.close();
  });

  it("a scan of a narrower scope neither opens nor closes anything", async () => {
    await keptOf(own, ids.narrow);
    const states = Object.values(await list());
    expect(states).toContain("risk-accepted");
    expect(states.filter((state) => state.startsWith("fixed"))).toEqual(
      states.filter((state) => state === "fixed waiting"),
    );
    expect(states.length).toBeGreaterThanOrEqual(4);
  });

  it("what is repaired is confirmed, what is not came back, and the rest stays as it was decided", async () => {
    ids.second = await scan();
    const before = Object.keys(await list());
    const inReport = await statesOf(ids.second);
    expect(inReport).not.toHaveProperty("search|q");
    const states = await list();
    expect(Object.keys(states).sort()).toEqual(before.sort());
    for (const [place, state] of Object.entries(states)) {
      const expected =
        place.startsWith("search|") || place.startsWith("track|")
          ? "fixed confirmed"
          : place.startsWith("product|")
            ? "open came-back"
            : "risk-accepted";
      expect(state, place).toBe(expected);
    }
    const cameBack = (await keptOf(own, ids.second)).find(({ cause }) => cause === "came-back");
    const { history } = (await own.ask("GET", `/api/verdicts/${cameBack?.id}`, { persona: "viewer" })).json;
    expect(history).toMatchObject([
      { kind: "came-back", by: null, instanceNo: ids.second },
      { kind: "decided", by: "operator", verdict: "fixed" },
    ]);
  });

  it("a weakness that returns after it was confirmed came back as well, and reading older reports changes nothing", async () => {
    site.plant(["search"]);
    ids.third = await scan();
    await keptOf(own, ids.third);
    const states = await list();
    expect(states["search|q"]).toBe("open came-back");
    for (const id of [ids.second, ids.first, ids.narrow, ids.third]) await keptOf(own, id);
    expect(await list()).toEqual(states);
  });
});

describe("verdicts of jobs that the account has", () => {
  let now: number;
  let stack: Stack;
  beforeEach(async () => {
    now = Date.parse("2026-11-21T00:00:00Z");
    stack = await startStack({ now: () => now, bffNow: () => now, environment: { WSC_BACKGROUND_READ_MS: "1" } });
  });
  afterEach(() => stack.close());

  const host = "shop.example.com";
  const row = (path: string, risk: "High" | "Medium" | "Low" = "High", item = "XSS") => ({
    ...{ item, risk, method: "GET", parameter: "q", evidence: "secret-evidence" },
    url: `https://${host}/${path}`,
  });
  function finished(daysAgo: number, findings: ReturnType<typeof row>[], known: Record<string, unknown> = {}): string {
    const end = now - daysAgo * day;
    const [id = ""] = stack.emulator.control.addJobs([
      {
        ...{ startUrl: `https://${host}/`, status: 4, crawlCount: 100, findings },
        startedAt: new Date(end - 7_200_000).toISOString(),
        endedAt: new Date(end).toISOString(),
        ...known,
      },
    ]);
    return id;
  }
  const later = <T>(read: () => Promise<T>, isSatisfied: (value: T) => boolean): Promise<T> =>
    until(async () => {
      now += 2;
      return read();
    }, isSatisfied);
  const target = async (): Promise<Target | undefined> =>
    (await stack.ask("GET", "/api/targets", { persona: "viewer" })).json.targets[0];
  const settled = (open: Record<string, number>) => (value: Target | undefined) =>
    value?.latest != null &&
    Object.entries(open).every(([name, count]) => value.latest?.open[name as "high"] === count);
  const fingerprints = async (id: string) => (await findingsOf(stack, id)).map(({ fingerprint }) => fingerprint);

  it("open means open: targets and overview leave out what is settled, also in a report that is read later", async () => {
    const first = finished(3, [row("a"), row("b"), row("c", "Medium"), row("d", "Low")]);
    await later(target, settled({ high: 2 }));
    const [a = "", b = "", c = "", d = ""] = await fingerprints(first);
    const base = { host, instanceNo: first };
    await change(stack, { ...base, findings: asked(a), change: decide({ verdict: "false-positive", reason: "No." }) });
    const accepted = decide({ verdict: "risk-accepted", reason: "Known.", until: "2026-12-20" });
    await change(stack, { ...base, findings: asked(c), change: accepted });
    await change(stack, { ...base, findings: asked(d), change: decide({ verdict: "in-work", owner: "kim" }) });
    expect((await target())?.latest).toMatchObject({
      total: 4,
      high: 2,
      open: { total: 2, high: 1, medium: 0, low: 1 },
    });
    // Found again under another spelling of the check, in a report that nobody has opened.
    finished(1, [row("a", "High", "ｘｓｓ"), row("b"), row("c", "Medium")]);
    const read = await later(target, (one) => one?.latest?.total === 3 && one.latest.open.total === 1);
    expect(read?.latest?.open).toEqual({ total: 1, high: 1, medium: 0, low: 0 });
    const overview: Overview = (await stack.ask("GET", "/api/overview", { persona: "viewer" })).json;
    expect(overview.open).toMatchObject({ high: 1, medium: 0, low: 0 });
    expect(overview.course.at(-1)).toMatchObject({ high: 1, medium: 0, low: 0 });
    expect(read?.signs).not.toContain("medium");
    expect(b).not.toBe("");
    // The acceptance ends with its day, in the dashboard's time zone.
    now = Date.parse("2026-12-20T14:59:59Z");
    expect((await target())?.latest?.open.medium).toBe(0);
    now = Date.parse("2026-12-20T15:00:00Z");
    expect((await target())?.latest?.open.medium).toBe(1);
    expect(await keptOf(stack, first)).toContainEqual(
      expect.objectContaining({ fingerprint: c, state: "open", cause: "acceptance-ended", verdict: "risk-accepted" }),
    );
  });

  it("a finding that was fixed comes back by itself when a later report is read, and a decision made unaware is refused", async () => {
    const first = finished(3, [row("a")]);
    await later(target, settled({ high: 1 }));
    const [a = ""] = await fingerprints(first);
    const { json } = await change(stack, {
      host,
      instanceNo: first,
      findings: asked(a),
      change: decide({ verdict: "fixed" }),
    });
    const { id } = json.results[0].verdict;
    expect((await target())?.latest?.open.high).toBe(0);
    now += day;
    const second = finished(0, [row("a")], { startedAt: new Date(now - 60_000).toISOString() });
    await later(target, (one) => one?.latest?.instanceNo === second && one.latest.open.high === 1);
    const answer = await stack.ask("PUT", `/api/verdicts/${id}`, {
      persona: "admin",
      body: { version: 1, change: decide({ verdict: "false-positive", reason: "Unaware." }) },
    });
    expect(answer).toMatchObject({
      status: 409,
      json: { code: "VERDICT_CHANGED", present: { state: "open", cause: "came-back", version: 2 } },
    });
    const body = { version: 2, change: decide({ verdict: "false-positive", reason: "Aware." }) };
    expect(await stack.ask("PUT", `/api/verdicts/${id}`, { persona: "admin", body })).toMatchObject({ status: 200 });
    expect((await target())?.latest?.open.high).toBe(0);
    const events = (await stack.ask("GET", "/api/audit?limit=50", { persona: "auditor" })).json.entries;
    expect(events.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(["verdict.change", "verdict.observe"]),
    );
  });

  it("survive the report, of which nothing but them is kept", async () => {
    const first = finished(300, [row("a")]);
    await later(target, settled({ high: 1 }));
    const [a = ""] = await fingerprints(first);
    await change(stack, { host, instanceNo: first, findings: asked(a), change: { kind: "note", text: "Ask kim." } });
    now += 70 * day;
    expect((await stack.ask("GET", `/api/jobs/${first}/report/verdicts`)).status).toBe(410);
    expect(
      (await change(stack, { host, instanceNo: first, findings: asked(a), change: decide({ verdict: "fixed" }) }))
        .status,
    ).toBe(410);
    const [kept] = (await stack.ask("GET", `/api/verdicts?host=${host}`)).json.verdicts;
    expect(kept).toMatchObject({ fingerprint: a, notes: 1, state: "open" });
    // Without the report, from what is stored.
    const unnamed = { host, findings: [{ fingerprint: a, version: 1 }], change: decide({ verdict: "fixed" }) };
    expect((await change(stack, unnamed)).json.results).toMatchObject([{ verdict: { state: "fixed", version: 2 } }]);
    for (const table of ["verdict", "verdict_event"] as const) {
      const rows = await stack.database.db.selectFrom(table).selectAll().execute();
      expect(JSON.stringify(rows)).not.toContain("secret-evidence");
    }
  });

  it("refuse what is no finding of the report, no target of it, and days that are over or too far away", async () => {
    const first = finished(3, [row("a")]);
    const [a = ""] = await fingerprints(first);
    const base = { host, instanceNo: first, findings: asked(a) };
    const accepted = (until: string) => decide({ verdict: "risk-accepted", reason: "x", until });
    const cases: readonly (readonly [Record<string, unknown>, number, string, string])[] = [
      [{ ...base, change: accepted("2026-11-20") }, 422, "VERDICT_DAY_PAST", "/change/decision/until"],
      [{ ...base, change: accepted("2029-12-31") }, 422, "VERDICT_DAY_TOO_FAR", "/change/decision/until"],
      [{ ...base, change: accepted("2026-02-30") }, 422, "VALUE_INVALID", "/change/decision/until"],
      [
        { ...base, change: decide({ verdict: "in-work", owner: "kim", due: "2026-11-20" }) },
        ...([422, "VERDICT_DAY_PAST", "/change/decision/due"] as const),
      ],
      [{ ...base, host: "other.example.com", change: decide({ verdict: "fixed" }) }, 404, "FINDING_NOT_FOUND", "/host"],
      [{ ...base, change: decide({ verdict: "false-positive" }) }, 400, "INPUT_INVALID", "/change/decision/reason"],
      [{ ...base, change: decide({ verdict: "in-work" }) }, 400, "INPUT_INVALID", "/change/decision/owner"],
      [{ ...base, change: decide({ verdict: "closed" }) }, 400, "INPUT_INVALID", "/change/decision/verdict"],
      [{ ...base, change: { kind: "note", text: "  \n " } }, 422, "INPUT_REFUSED", "/change/text"],
      [{ ...base, change: { kind: "note", text: "a\0b" } }, 422, "VALUE_INVALID", "/change/text"],
      [{ ...base, change: { kind: "note", text: "\ud800" } }, 422, "VALUE_INVALID", "/change/text"],
      [{ ...base, change: { kind: "note", text: "x".repeat(4_001) } }, 422, "VALUE_TOO_LONG", "/change/text"],
      [
        { ...base, change: decide({ verdict: "in-work", owner: "two\nlines" }) },
        ...([422, "VALUE_INVALID", "/change/decision/owner"] as const),
      ],
      [{ ...base, findings: [], change: decide({ verdict: "fixed" }) }, 422, "INPUT_REFUSED", "/findings"],
      [
        { ...base, findings: asked(...Array.from({ length: 201 }, String)), change: decide({ verdict: "fixed" }) },
        ...([422, "VALUE_TOO_LONG", "/findings"] as const),
      ],
      ...[
        "http://issues.example.com/",
        "javascript:alert(1)",
        "https://a:b@issues.example.com/",
        "https:\\\\x",
        "//x",
        "https://issues.example.com'evil.example/",
        "https://issues.example.com/\u3164",
        "",
      ].map(
        (issueUrl) =>
          [{ ...base, change: { kind: "link", issueUrl } }, 422, "VALUE_INVALID", "/change/issueUrl"] as const,
      ),
    ];
    for (const [body, status, code, pointer] of cases) {
      const answer = await change(stack, body);
      const { json } = answer;
      expect([answer.status, json.code, json.errors[0].pointer], JSON.stringify(body.change)).toEqual([
        status,
        code,
        pointer,
      ]);
    }
    const { json } = await change(stack, {
      ...base,
      findings: asked(a, "XSS|GET|x|y"),
      change: decide({ verdict: "fixed" }),
    });
    expect(json.results).toMatchObject([{ verdict: { state: "fixed" } }, { code: "FINDING_NOT_FOUND" }]);
    const nothing = { host, findings: asked("XSS|GET|x|y"), change: decide({ verdict: "fixed" }) };
    expect((await change(stack, nothing)).json.results).toEqual([
      { fingerprint: "XSS|GET|x|y", code: "VERDICT_NOT_FOUND" },
    ]);
    expect(await stack.ask("GET", `/api/verdicts/${"0".repeat(64)}`)).toMatchObject({ status: 404 });
  });

  it("have an address for issues that an admin sets: https, with the host fixed", async () => {
    const save = (template: unknown, persona = "admin") =>
      stack.ask("PUT", "/api/issue-template", { persona, body: { template } });
    const template = "https://issues.example.com/new?title={title}&b={body}";
    expect(await save(template, "operator")).toMatchObject({ status: 403 });
    for (const wrong of [
      "http://i.example/{title}",
      "https://{host}/",
      "javascript:{title}",
      "https://i.example/{x}",
    ]) {
      expect(await save(wrong), wrong).toMatchObject({ status: 422, json: { errors: [{ pointer: "/template" }] } });
    }
    expect(await save(template)).toMatchObject({ status: 200, json: { template } });
    expect((await stack.ask("GET", "/api/issue-template", { persona: "viewer" })).json).toEqual({ template });
    expect(await save(null)).toMatchObject({ status: 200, json: { template: null } });
  });

  it("give back hostile texts as they were written, and let readers only read", async () => {
    const first = finished(3, [row("a")]);
    const [a = ""] = await fingerprints(first);
    const base = { host, instanceNo: first };
    const texts = [
      "=cmd|' /C calc'!A0",
      "<img src=x onerror=alert(1)>",
      "\u202egpj.exe",
      "'; drop table verdict;--",
      "](javascript:x)",
    ];
    let version = 0;
    for (const text of texts) {
      const body = {
        ...base,
        findings: [{ fingerprint: a, version }],
        change: decide({ verdict: "false-positive", reason: text }),
      };
      const { json } = await change(stack, body);
      expect(json.results[0].verdict.reason).toBe(text);
      version = json.results[0].verdict.version;
      await change(stack, { ...base, findings: asked(a), change: { kind: "note", text } });
    }
    const [kept] = await keptOf(stack, first);
    const { history } = (await stack.ask("GET", `/api/verdicts/${kept?.id}`)).json;
    expect(history.map((entry: { text?: string; reason?: string }) => entry.text ?? entry.reason).reverse()).toEqual(
      texts.flatMap((text) => [text, text]),
    );
    const body = { ...base, findings: [{ fingerprint: a, version }], change: decide({ verdict: "open" }) };
    const paths = {
      list: `/api/verdicts?host=${host}`,
      ofReport: `/api/jobs/${first}/report/verdicts`,
      get: `/api/verdicts/${kept?.id}`,
      change: "/api/verdicts",
      update: `/api/verdicts/${kept?.id}`,
    } as const;
    for (const persona of ["viewer", "auditor", "operator", "admin"] as const) {
      for (const [name, endpoint] of Object.entries(bffApi.verdicts)) {
        const isAllowed = (endpoint.roles as readonly string[]).includes(persona);
        const sent =
          name === "change" ? { body } : name === "update" ? { body: { version: 0, change: body.change } } : {};
        const { status } = await stack.ask(endpoint.method, paths[name as keyof typeof paths], { persona, ...sent });
        expect(status === 403, `${persona} ${name}`).toBe(!isAllowed);
        expect(status, `${persona} ${name}`).toBeLessThan(500);
      }
    }
  });
});
