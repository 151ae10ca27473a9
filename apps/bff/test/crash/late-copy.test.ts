import { isSettled } from "@wsc-dashboard/wsc-core";
import { createEmulator, type Emulator } from "@wsc-dashboard/wsc-emulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bff, jobBody, startBff, until } from "../start-bff.ts";
import { accessKey, secretKey } from "./child-bff.ts";
import { idleScanner, jobsOf, openTargets, type Targets } from "./gateway-truth.ts";
import { type HoldingProxy, startHoldingProxy } from "./holding-proxy.ts";

const validityMs = 1500;
const lagMs = 500;

let targets: Targets;
let emulator: Emulator;
let proxy: HoldingProxy;
let bff: Bff;
let holdMs: number;
beforeEach(async () => {
  targets = await openTargets(1);
  emulator = await createEmulator({
    accessKey,
    secretKey,
    scanner: idleScanner,
    paceMs: 0,
    signatureValidityMs: validityMs,
  });
  holdMs = 0;
  proxy = await startHoldingProxy(emulator.port, () => (proxy.seen.length === 1 ? holdMs : 0));
  bff = await startBff({
    upstreamUrl: proxy.origin,
    environment: {
      WSC_ACCESS_KEY: accessKey,
      WSC_SECRET_KEY: secretKey,
      WSC_SIGNATURE_VALIDITY_MS: String(validityMs),
      WSC_INDEX_LAG_MS: String(lagMs),
      WSC_UPSTREAM_TIMEOUT_MS: "250",
    },
  });
});
afterEach(async () => {
  await bff.close();
  await proxy.close();
  await emulator.close();
  await targets.close();
});

async function bound(): Promise<{ attempts: unknown[]; instanceNo: string }> {
  const answer = await bff.ask("POST", "/api/jobs", { body: jobBody(targets.urls[0] ?? "") });
  const { id } = answer.json.submission;
  const submission = await until(
    async () => (await bff.ask("GET", `/api/submissions/${id}`)).json.submission,
    ({ state }) => isSettled(state) || state === "NEEDS_REVIEW",
  );
  expect(submission, bff.logs.join("")).toMatchObject({ state: "BOUND" });
  return submission;
}

describe("a call delayed in the network after its sender has given up", () => {
  it.each([400, 800, 1200])("and delivered %i ms later is found, not sent again", async (ms) => {
    holdMs = ms;
    const { attempts, instanceNo } = await bound();
    // On a slow machine the copy may be too late after all.
    const [first] = emulator.control.requests().filter(({ operation }) => operation === "createJob");
    expect(attempts).toHaveLength(first?.isAuthentic === true ? 1 : 2);
    expect(await jobsOf(emulator)).toMatchObject([{ instanceNo }]);
  });

  it("and delivered after its signature has expired creates no second job", async () => {
    holdMs = validityMs + 100;
    const { attempts, instanceNo } = await bound();
    expect(attempts).toHaveLength(2);
    const [first, second] = proxy.seen;
    expect((second?.signedAt ?? 0) - (first?.signedAt ?? 0)).toBeGreaterThanOrEqual(validityMs + lagMs);
    expect(await jobsOf(emulator)).toMatchObject([{ instanceNo }]);
  });

  it("and never delivered is sent again only when it could no longer be accepted", async () => {
    holdMs = 60_000;
    const { attempts } = await bound();
    expect(attempts).toHaveLength(2);
    const [first, second] = proxy.seen;
    expect((second?.signedAt ?? 0) - (first?.signedAt ?? 0)).toBeGreaterThanOrEqual(validityMs + lagMs);
    expect(await jobsOf(emulator)).toHaveLength(1);
  });
});

it("a call that the gateway completes after the timeout is found within the index lag", async () => {
  emulator.control.addFault({ operation: "createJob", effect: { kind: "latency", ms: 600 } });
  const { instanceNo } = await bound();
  expect(proxy.seen).toHaveLength(1);
  expect(await jobsOf(emulator)).toMatchObject([{ instanceNo }]);
});
