import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSharedSlots } from "./shared-slots.ts";

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return "taken";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("shared slots", () => {
  it("never exceed the total nor the share of one person", () => {
    const step = fc.record({ person: fc.constantFrom("a", "b", "c", "d"), gives: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const slots = createSharedSlots({ total: 5, perPerson: 2 }, "trial");
        const held: { person: string; release: () => void }[] = [];
        for (const { person, gives } of steps) {
          const own = held.filter((one) => one.person === person);
          const mine = own[0];
          if (gives && mine !== undefined) {
            mine.release();
            // A second release has no effect.
            mine.release();
            held.splice(held.indexOf(mine), 1);
            continue;
          }
          const expected = own.length >= 2 ? "OWN_CALLS_EXHAUSTED" : held.length >= 5 ? "SERVER_BUSY" : "taken";
          expect(codeOf(() => held.push({ person, release: slots.take(person) }))).toBe(expected);
        }
      }),
    );
  });

  it("are released when the work ends, also when it fails", async () => {
    const slots = createSharedSlots({ total: 1, perPerson: 1 }, "trial");
    await expect(slots.run("a", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await slots.run("a", async () => codeOf(() => slots.take("b")))).toBe("SERVER_BUSY");
    expect(codeOf(() => slots.take("b"))).toBe("taken");
  });
});
