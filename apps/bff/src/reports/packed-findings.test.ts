import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type IdentifiedFinding, packFindings, readPackedFindings } from "./packed-findings.ts";

const idOf = (text: string): string => createHash("sha256").update(text).digest("hex");
const findingOf = (fingerprint: string): IdentifiedFinding => ({
  ...{ fingerprint, severity: "high", total: fingerprint.length, high: 1, medium: 0, low: 2 },
});

const names = fc.uniqueArray(fc.string({ unit: "binary", maxLength: 8 }), { maxLength: 12 });

it("packed findings are the same after unpacking, in order of their ids, and no others are there", () => {
  fc.assert(
    fc.property(names, fc.string(), (known, other) => {
      const findings = new Map(known.map((name) => [idOf(name), findingOf(name.toWellFormed())]));
      const read = readPackedFindings(structuredClone(packFindings(findings)));
      expect(read.keys()).toEqual([...findings.keys()].sort());
      for (const [id, finding] of findings) expect([read.has(id), read.get(id)]).toEqual([true, finding]);
      const absent = [idOf(`${other} and one more`), "", "0".repeat(64), "f".repeat(64), `${idOf(known[0] ?? "")}0`];
      for (const id of absent.filter((one) => !findings.has(one))) {
        expect([read.has(id), read.get(id)]).toEqual([false, undefined]);
      }
    }),
    { numRuns: 40 },
  );
});
