import { expect, it } from "vitest";
import { startStack, until } from "./start-bff.ts";

/** Kinds of requests that wait for the same slow report, with the maximum of each for one person. */
const kinds = [
  { name: "reports", perPerson: 8, pathOf: (id: string) => `/api/jobs/${id}/report` },
  { name: "exports", perPerson: 2, pathOf: (id: string) => `/api/jobs/${id}/report/export?format=json` },
  { name: "comparisons", perPerson: 2, pathOf: (id: string, base: string) => `/api/compare?base=${base}&head=${id}` },
] as const;

it("reports, exports and comparisons of one person are limited while they run, and those of others are not", async () => {
  const stack = await startStack();
  const { control } = stack.emulator;
  try {
    for (const { name, perPerson, pathOf } of kinds) {
      const add = () => control.addJobs([{ startUrl: `https://${name}.example.com/`, status: 4 }])[0] ?? "";
      const [base, head] = [add(), add()];
      const ask = (persona: string) => stack.ask("GET", pathOf(head, base), { persona });
      const isReading = () => control.requests().some(({ operation }) => operation === "getReport");
      control.clearRequests();
      control.addFault({ operation: "getReport", times: 4, effect: { kind: "latency", ms: 60_000 } });
      const own = Array.from({ length: perPerson }, () => ask("operator"));
      await until(isReading, (is) => is);
      await until(
        async () => (await ask("operator")).json.code,
        (code) => code === "OWN_CALLS_EXHAUSTED",
      );
      const other = ask("admin");
      control.clearFaults();
      const statuses = (await Promise.all([...own, other])).map(({ status }) => status);
      expect(statuses, name).toEqual(statuses.map(() => 200));
      expect((await ask("operator")).status, name).toBe(200);
    }
  } finally {
    control.clearFaults();
    await stack.close();
  }
});
