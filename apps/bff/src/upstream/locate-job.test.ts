import type { ReadPage, ReadRecord } from "@wsc-dashboard/wsc-core/upstream";
import { describe, expect, it } from "vitest";
import { locateJob } from "./locate-job.ts";
import { createRankIndex, type RankIndex } from "./rank-index.ts";

const limit = 100;

interface Lookup {
  readonly unordered?: number;
  readonly ranks?: RankIndex;
  /** Result of the call that checks whether such a job exists; without it, the job is known to exist. */
  readonly isKnown?: boolean;
}

/** Looks for one id in a list of ids; returns the pages read and the number of calls. */
async function lookFor(ids: readonly bigint[], wanted: bigint, cap = limit, lookup: Lookup = {}) {
  const { unordered = 2, ranks, isKnown } = lookup;
  const pages: number[] = [];
  let asked = 0;
  const found = await locateJob({
    instanceNo: String(wanted),
    likelyPages: [],
    probably: ranks?.placeOf(wanted) ?? null,
    limit,
    nextUnordered: () => unordered,
    ...(isKnown !== undefined && {
      isKnown: async () => {
        asked += 1;
        return isKnown;
      },
    }),
    read: async (number) => {
      pages.push(number);
      const rows = ids.slice((number - 1) * cap, number * cap);
      const records = rows.map((id) => ({ job: { instanceNo: String(id) } }) as ReadRecord);
      const page = { records, received: rows.length, total: ids.length, pageCount: Math.ceil(ids.length / cap) };
      ranks?.learn(number, cap, page as unknown as ReadPage);
      return { page: page as unknown as ReadPage };
    },
  });
  const result = typeof found === "string" ? found : found.record.job.instanceNo;
  return { result, reads: pages.length, calls: pages.length + asked };
}

/** Growing ids, with gaps from two to some hundreds. */
const growing: readonly bigint[] = Array.from({ length: 100_000 }, (_, index) =>
  BigInt(7_000_000 + 2 * index + Math.floor((index * index) / 100_000) + (index % 100 === 0 ? 1 : 0)),
);
const falling = growing.toReversed();

describe("a job in a list whose ids fall or rise", () => {
  it("is met within five pages, however far away it is, whatever the size of a page", async () => {
    for (const [name, ids] of Object.entries({ falling, growing })) {
      for (const cap of [100, 50]) {
        for (const place of [0, 1, 99, 100, 4_321, 50_000, 82_479, 99_899, 99_999]) {
          const wanted = ids[place] ?? 0n;
          const { result, reads } = await lookFor(ids, wanted, cap);
          expect({ result, isCheap: reads <= 5 }, `${name} ${cap} ${place}: ${reads} reads`).toEqual({
            result: String(wanted),
            isCheap: true,
          });
        }
      }
    }
  });

  it("is absent within a few pages when the ids leave no place for it", async () => {
    for (const [name, ids] of Object.entries({ falling, growing })) {
      for (const wanted of [1n, 999_999_999n, (growing[61_234] ?? 0n) + 1n, (growing[20_050] ?? 0n) + 1n]) {
        const { result, reads } = await lookFor(ids, wanted);
        expect({ result, isCheap: reads <= 4 }, `${name} ${wanted}: ${reads} reads`).toEqual({
          result: "absent",
          isCheap: true,
        });
      }
    }
  });
});

describe("a job in a list whose ids are in no order", () => {
  const mixed = growing.slice(0, 2_000).map((_, index) => growing[(index * 7_919) % 2_000] ?? 0n);

  it("is absent when every row of a list in no order was read", async () => {
    expect(await lookFor([5n, 1n, 9n, 3n], 4n)).toMatchObject({ result: "absent", reads: 1 });
    const mixed = Array.from({ length: 150 }, (_, index) => BigInt((index * 7919) % 10_007));
    expect(await lookFor(mixed, 10_000n)).toMatchObject({ result: "absent", reads: 2 });
  });

  it("is looked for on two pages, of which the second is another one each time, and nobody calls it absent", async () => {
    const [wanted = 0n] = mixed.slice(750);
    expect(await lookFor(mixed, wanted)).toMatchObject({ result: "undecided", reads: 2 });
    expect(await lookFor(mixed, wanted, limit, { unordered: 8 })).toMatchObject({ result: String(wanted), reads: 2 });
  });

  it("is still met where only a few rows stand elsewhere", async () => {
    const rows = [...falling];
    for (let index = 0; index + 40 < rows.length; index += 1_000) {
      [rows[index], rows[index + 40]] = [rows[index + 40] ?? 0n, rows[index] ?? 0n];
    }
    for (const place of [30, 4_321, 50_020, 99_000]) {
      const wanted = rows[place] ?? 0n;
      const { result, reads } = await lookFor(rows, wanted);
      expect({ result, isCheap: reads <= 5 }, `${place}: ${reads} reads`).toEqual({
        result: String(wanted),
        isCheap: true,
      });
    }
  });
});

describe("a job in a list whose ids grow unevenly", () => {
  /** Gaps that vary widely, because the numbers of all customers share one sequence. */
  const uneven: bigint[] = [];
  for (let index = 0, id = 7_000_000; index < 20_000; index += 1) {
    id += 1 + ((index * 48_271) % 97) + Math.round(400 * (1 + Math.sin(index / 600)));
    uneven.push(BigInt(id));
  }

  it("is nearly always met within three pages once some dozens were looked for, also when jobs have come since", async () => {
    for (const isFalling of [true, false]) {
      const ranks = createRankIndex();
      const reads: number[] = [];
      for (let round = 0; round < 80; round += 1) {
        const known = uneven.slice(0, 16_000 + 37 * round);
        const ids = isFalling ? known.toReversed() : known;
        const wanted = ids[(round * 7_919) % ids.length] ?? 0n;
        let answer = await lookFor(ids, wanted, limit, { ranks });
        reads.push(answer.reads);
        expect(answer.reads).toBeLessThanOrEqual(5);
        // A job that is not found at once is found by repeated lookups, and is never reported absent.
        for (let again = 0; answer.result === "undecided" && again < 3; again += 1)
          answer = await lookFor(ids, wanted, limit, { ranks });
        expect(answer.result).toBe(String(wanted));
      }
      const late = reads.slice(40).toSorted((one, other) => one - other);
      expect(late[Math.floor(late.length * 0.8)]).toBeLessThanOrEqual(3);
    }
  });

  it("is met although rows were taken out of the list after it was read", async () => {
    const ranks = createRankIndex();
    for (const place of [10, 4_000, 8_000, 12_000, 16_000, 19_900])
      await lookFor(uneven, uneven[place] ?? 0n, limit, { ranks });
    const fewer = uneven.filter((_, index) => index % 3 !== 0);
    for (const place of [10, 6_666, 13_000]) {
      const wanted = fewer[place] ?? 0n;
      let answer = await lookFor(fewer, wanted, limit, { ranks });
      for (let again = 0; answer.result === "undecided" && again < 4; again += 1)
        answer = await lookFor(fewer, wanted, limit, { ranks });
      expect(answer.result).toBe(String(wanted));
    }
  });
});

describe("a number of which nothing says that a job has it", () => {
  /** A hundred thousand ids with the given gaps. */
  function idsApart(gap: (index: number) => number): bigint[] {
    let id = 7_000_000;
    return Array.from({ length: 100_000 }, (_, index) => {
      id += 2 + Math.floor(gap(index));
      return BigInt(id);
    });
  }
  const noise = (index: number): number => ((index * 48_271) % 2_147_483_647) % 97;
  const spacings: Readonly<Record<string, readonly bigint[]>> = {
    even: idsApart(() => 5),
    growing: idsApart((index) => index / 5_000),
    waves: idsApart((index) => noise(index) + 400 * (1 + Math.sin(index / 600))),
    random: idsApart((index) => -50 * Math.log((1 + noise(index)) / 98)),
    bursts: idsApart((index) => (index % 500 < 40 ? 0 : 30 * noise(index))),
  };
  const places = [0, 3, 99, 100, 777, 17_520, 50_000, 82_480, 99_000, 99_899, 99_999];

  it("costs at most three calls when none has it, and is called absent only where the order leaves no place", async () => {
    for (const [name, ids] of Object.entries(spacings)) {
      for (const list of [ids, ids.toReversed()]) {
        for (const cap of [10, 20, 50, 100, 1_000]) {
          for (const place of places) {
            const { result, calls } = await lookFor(list, (ids[place] ?? 0n) + 1n, cap, { isKnown: false });
            expect(["absent", "undecided"], `${name} ${cap} ${place}`).toContain(result);
            expect(calls, `${name} ${cap} ${place}`).toBeLessThanOrEqual(3);
          }
        }
      }
    }
  });

  it("costs at most five calls when one has it, and is never called absent", async () => {
    for (const [name, ids] of Object.entries(spacings)) {
      for (const list of [ids, ids.toReversed()]) {
        for (const cap of [10, 20, 50, 100, 1_000]) {
          for (const place of places) {
            const wanted = ids[place] ?? 0n;
            const { result, calls } = await lookFor(list, wanted, cap, { isKnown: true });
            const isCertain = name === "even" || (name === "growing" && place === 82_480);
            expect(isCertain ? [String(wanted)] : [String(wanted), "undecided"], `${name} ${cap} ${place}`).toContain(
              result,
            );
            expect(calls, `${name} ${cap} ${place}`).toBeLessThanOrEqual(5);
          }
        }
      }
    }
  });

  it("is met by and by, three calls at a time, although nothing says that one has it", async () => {
    for (const [name, ids] of Object.entries(spacings)) {
      for (const list of [ids, ids.toReversed()]) {
        const ranks = createRankIndex();
        const wanted = ids[82_480] ?? 0n;
        let minutes = 0;
        for (let result = "undecided"; result === "undecided"; minutes += 1) {
          const answer = await lookFor(list, wanted, limit, { ranks, isKnown: false });
          expect(answer.calls).toBeLessThanOrEqual(3);
          result = answer.result;
          if (result !== "undecided") expect(result).toBe(String(wanted));
          expect(minutes, name).toBeLessThan(8);
        }
      }
    }
  });
});
