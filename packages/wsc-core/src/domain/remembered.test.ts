import { describe, expect, it } from "vitest";
import { remembered } from "./remembered.ts";

describe("a function that remembers", () => {
  it("works a key out once, and keeps no more keys than it may", () => {
    const asked: number[] = [];
    const square = remembered((key: number) => {
      asked.push(key);
      return key * key;
    }, 2);
    expect([1, 2, 1, 2].map(square)).toEqual([1, 4, 1, 4]);
    expect(asked).toEqual([1, 2]);
    // The third key evicts both.
    expect([3, 1, 3].map(square)).toEqual([9, 1, 9]);
    expect(asked).toEqual([1, 2, 3, 1]);
  });

  it("remembers nothing of a failure", () => {
    let isFailing = true;
    const read = remembered((_key: string) => {
      if (isFailing) throw new RangeError("not now");
      return 1;
    });
    expect(() => read("a")).toThrow(RangeError);
    isFailing = false;
    expect(read("a")).toBe(1);
  });
});
