import { createDemoSite, type DemoSite } from "@wsc-dashboard/wsc-emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../src/config/config.ts";
import { type Stack, startStack, until } from "./start-bff.ts";

let site: DemoSite;
let stack: Stack;
beforeAll(async () => {
  site = await createDemoSite();
  stack = await startStack({ environment: { WSC_DEMO_SITE: site.origin, WSC_ALLOW_PRIVATE_TARGETS: "true" } });
});
afterAll(async () => {
  await stack.close();
  await site.close();
});

const consent = { textVersion: "1", accepted: true };
const ask = (path: string, body: object = {}) => stack.ask("POST", path, { body });

/** Waits for the end of a requested scan. */
async function finished(requested: Promise<{ json: { submission: { id: string } } }>): Promise<string> {
  const { id } = (await requested).json.submission;
  const { instanceNo } = await until(
    async () => (await stack.ask("GET", `/api/submissions/${id}`)).json.submission,
    ({ state }) => state === "BOUND",
  );
  await until(
    async () => (await stack.ask("GET", `/api/jobs/${instanceNo}`)).json.job?.status.phase,
    (phase) => phase === "completed",
  );
  return instanceNo;
}

describe("the demo", () => {
  it("finds more with the login, and after the patch a re-scan of the first scan shows exactly three as fixed", async () => {
    expect((await stack.ask("GET", "/api/session")).json.upstream.demoSite).toBe(site.origin);
    const first = await finished(ask("/api/demo/scan", { signedIn: false, consent }));
    const second = await finished(ask("/api/demo/scan", { signedIn: true, consent }));
    // Waiting for the scans has used up the person's share of reads.
    const readShared = async (path: string) =>
      (
        await until(
          () => stack.ask("GET", path),
          ({ status }) => status !== 429,
        )
      ).json;
    const count = async (instanceNo: string) => (await readShared(`/api/jobs/${instanceNo}/report`)).findings.length;
    expect(await count(second)).toBeGreaterThan(await count(first));
    const { json } = await ask("/api/demo/patch");
    expect(new Set(json.patched.map(({ item }: { item: string }) => item)).size).toBe(3);
    const third = await finished(ask("/api/jobs", { startUrl: `${site.origin}/`, consent, rescanOf: first }));
    const compared = await readShared(`/api/compare?base=${first}&head=${third}`);
    expect(compared.fixed).toHaveLength(3);
    expect([compared.new, compared.notRetested]).toEqual([[], []]);
    await ask("/api/demo/reset");
    expect(site.weaknesses()).toHaveLength(await count(first));
  });

  it("tells neither a browser nor the log the password of the site", async () => {
    const { text } = await ask("/api/demo/scan", { signedIn: true, consent });
    expect(`${text} ${stack.logs.join("\n")}`).not.toContain("paper-boat-harbour");
  });

  it("needs the consent for each scan", async () => {
    expect((await ask("/api/demo/scan", { signedIn: false })).status).toBe(400);
    const refused = await ask("/api/demo/scan", { signedIn: false, consent: { ...consent, accepted: false } });
    expect(refused.json.errors[0].code).toBe("CONSENT_REQUIRED");
  });

  it("does not exist on a server without a demo site", async () => {
    const plain = await startStack();
    try {
      expect((await plain.ask("GET", "/api/session")).json.upstream.demoSite).toBeNull();
      for (const [path, body] of [
        ["scan", { signedIn: false, consent }],
        ["patch", {}],
        ["reset", {}],
      ] as const) {
        const { status, json } = await plain.ask("POST", `/api/demo/${path}`, { body });
        expect([path, status, json.code]).toEqual([path, 404, "ROUTE_NOT_FOUND"]);
      }
    } finally {
      await plain.close();
    }
  });

  it("is refused at the start beside a real gateway, and on another machine", () => {
    const given = {
      ...{ NODE_ENV: "development", WSC_AUTH_MODE: "dev", WSC_UPSTREAM: "custom" },
      ...{ WSC_ACCESS_KEY: "a", WSC_SECRET_KEY: "b", WSC_UPSTREAM_URL: "http://127.0.0.1:1" },
    };
    const problemsOf = (change: Record<string, string>) => {
      const read = readConfig({ ...given, WSC_DEMO_SITE: "http://127.0.0.1:3100", ...change });
      return "problems" in read ? read.problems.join("\n") : "";
    };
    expect(problemsOf({})).toBe("");
    expect(problemsOf({ WSC_DEMO_SITE: "https://demo.example.com" })).toContain("WSC_DEMO_SITE");
    expect(
      problemsOf({ WSC_UPSTREAM_URL: "https://gateway.example.com", WSC_DEV_REAL_UPSTREAM: "yes-i-pay" }),
    ).toContain("WSC_DEMO_SITE");
  });
});
