import { afterEach, describe, expect, it } from "vitest";
import { type CreateOutcome, type FaultRow, faultTable } from "./fault-table.ts";
import { type Answer, jobBody, type Stack, startStack, until } from "./start-bff.ts";

/** Longer than a call takes on a busy machine: a signature that may have expired on the way is refused for another reason. */
const validityMs = 2_000;
const lagMs = 100;
const attemptsBeforeReview = 3;
const throttleMs = 1000;
/** Each row has its own server, so that no pause after failures affects the next one. */
const sideBySide = 8;

const open = new Set<Stack>();
afterEach(async () => {
  await Promise.all([...open].map((stack) => stack.close()));
  open.clear();
});

async function forEachRow(
  rows: readonly FaultRow[],
  timeoutMs: number,
  check: (row: FaultRow, stack: Stack) => Promise<void>,
) {
  const left = [...rows];
  const work = async (): Promise<void> => {
    for (let row = left.shift(); row !== undefined; row = left.shift()) {
      const stack = await startStack({
        environment: {
          WSC_SIGNATURE_VALIDITY_MS: String(validityMs),
          WSC_INDEX_LAG_MS: String(lagMs),
          WSC_UPSTREAM_TIMEOUT_MS: String(timeoutMs),
        },
      });
      open.add(stack);
      await check(row, stack);
      open.delete(stack);
      await stack.close();
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
}

const statesOf: Readonly<Record<CreateOutcome["kind"], string>> = {
  created: "BOUND",
  unknown: "NEEDS_REVIEW",
  waiting: "RETRY_WAIT",
  failed: "FAILED",
};

describe("a fault of the upstream", () => {
  it("at createJob leads to the state that the table names, and nothing is sent while a job may exist", async () => {
    await forEachRow(faultTable, 1000, async ({ name, effect, create }, { emulator, ask }) => {
      const { control } = emulator;
      // Nothing is sent before the gateway's time is known.
      for (const limit of [10, 20, 30]) await ask("GET", `/api/jobs?limit=${limit}`);
      const read = async () => (await ask("GET", `/api/submissions/${id}`)).json.submission;
      control.addFault({ operation: "createJob", times: 1_000_000, effect });
      // While no list can be read the submission stays in doubt.
      if (create.kind === "unknown")
        control.addFault({ operation: "*", times: 1_000_000, effect: { kind: "empty", status: 200 } });
      const { id } = (await ask("POST", "/api/jobs", { body: jobBody(`${emulator.origin}/`) })).json.submission;
      if (create.kind === "unknown") {
        expect(await until(read, ({ state }) => state === "IN_DOUBT"), name).not.toHaveProperty("instanceNo");
        control.clearFaults();
        control.addFault({ operation: "createJob", times: 1_000_000, effect });
      }
      const submission = await until(read, ({ state }) => state === statesOf[create.kind]);
      if (create.kind === "created") expect(submission.instanceNo, name).toMatch(/^[0-9]+$/);
      else expect(submission, name).not.toHaveProperty("instanceNo");
      if ("code" in create) expect(submission.error?.code ?? submission.attempts.at(-1)?.code, name).toBe(create.code);
      const calls = control.requests().filter(({ operation }) => operation === "createJob");
      if (create.kind === "waiting") expect(calls.length, name).toBeGreaterThanOrEqual(1);
      else expect(calls.length, name).toBe(create.kind === "unknown" ? attemptsBeforeReview : 1);
      // In doubt, nothing is sent before the last signature has expired and the list must contain the job.
      const pauseMs = create.kind === "waiting" ? throttleMs : validityMs + lagMs;
      const sentAt = submission.attempts.map((attempt: { sentAt: string }) => Date.parse(attempt.sentAt));
      for (const [index, at] of sentAt.slice(1).entries()) {
        expect(at - sentAt[index], name).toBeGreaterThanOrEqual(pauseMs);
      }
      expect((await ask("GET", "/livez", { headers: { "X-WSC-Request": null } })).status, name).toBe(200);
    });
  });

  it("at a list leaves what was read before, named as old with its code, and a list never read fails with that code", async () => {
    const rows = faultTable.filter(({ read }) => read !== null);
    // Longer than a response takes on a busy machine: a call that times out fails with another code than its row names.
    await forEachRow(rows, 4000, async ({ name, effect, read }, { emulator, ask }) => {
      const { control } = emulator;
      control.addJobs([{ startUrl: "https://www.example.com/", status: 4 }]);
      const list = () => ask("GET", "/api/jobs");
      const search = () => ask("GET", "/api/jobs?q=nothing-is-called-so");
      const before = await list();
      control.addFault({ operation: "*", times: 1_000_000, effect });
      // On a slow machine a call may time out instead.
      const kept = await until(list, ({ json }) => json.stale?.code === read);
      expect(kept.json.jobs, name).toEqual(before.json.jobs);
      const failed = await until(search, ({ json }) => json.code === read);
      expect(failed.status, name).toBeGreaterThanOrEqual(502);
      control.clearFaults();
      // Calls may be paused for some seconds after failures.
      const recovered = await until<Answer>(search, ({ status }) => status === 200);
      expect(recovered.json.jobs, name).toEqual([]);
    });
  });
});
