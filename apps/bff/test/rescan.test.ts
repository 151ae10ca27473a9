import { afterAll, beforeAll, expect, it } from "vitest";
import { jobBody, type Stack, startStack, until } from "./start-bff.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

async function scan(change: object): Promise<string> {
  const body = jobBody(`${stack.emulator.origin}/`, { ...change });
  const { id } = (await stack.ask("POST", "/api/jobs", { body })).json.submission;
  const { instanceNo } = await until(
    async () => (await stack.ask("GET", `/api/submissions/${id}`)).json.submission,
    ({ state }) => state === "BOUND",
  );
  await until(
    async () => (await stack.ask("GET", `/api/jobs/${instanceNo}`)).json.job.status.phase,
    (phase) => phase === "completed",
  );
  return instanceNo;
}

it("the re-scan ledger of a job counts the whole chain, from the end of the first job", async () => {
  const ledger = async (instanceNo: string) => (await stack.ask("GET", `/api/jobs/${instanceNo}`)).json.rescan;
  const first = await scan({});
  const { job } = (await stack.ask("GET", `/api/jobs/${first}`)).json;
  const closesAt = new Date(Date.parse(job.endedAt) + 60 * 86_400_000).toISOString();
  expect(await ledger(first)).toEqual({ firstInstanceNo: first, used: 0, limit: 3, closesAt });
  const second = await scan({ rescanOf: first });
  expect(await ledger(second)).toEqual({ firstInstanceNo: first, used: 1, limit: 3, closesAt });
  expect(await ledger(first)).toMatchObject({ used: 1 });
});
