import fc from "fast-check";
import { expect, it } from "vitest";
import { sharedBytes } from "./shared-bytes.ts";

it("parts become one array of bytes in their order", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (parts) => {
      expect(sharedBytes(...parts)).toEqual(Buffer.concat(parts));
    }),
  );
});

it("another thread receives the same memory, not a copy", () => {
  const bytes = sharedBytes(Buffer.from("a"), Buffer.from("b"));
  const received = structuredClone(bytes);
  bytes[1] = 99;
  expect([...received]).toEqual([97, 99]);
});
