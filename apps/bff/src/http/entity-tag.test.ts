import { sharedBytes } from "@wsc-dashboard/wsc-core/node";
import { expect, it } from "vitest";
import { etagOf, keptEtagOf } from "./entity-tag.ts";

it("a long answer has the tag of its content, wherever it lies in memory and in however many slices it is hashed", async () => {
  for (const length of [1, 512 * 1024, 512 * 1024 + 1, 3_000_000]) {
    const bytes = Buffer.alloc(length, "text ");
    const tag = etagOf(bytes);
    expect(await keptEtagOf(bytes)).toBe(tag);
    expect(await keptEtagOf(sharedBytes(bytes))).toBe(tag);
  }
});

it("one changed byte of a long answer changes its tag", async () => {
  const bytes = Buffer.alloc(3_000_000, "text ");
  const changed = Buffer.from(bytes);
  changed[2_999_999] = 0;
  expect(await keptEtagOf(changed)).not.toBe(await keptEtagOf(bytes));
});
