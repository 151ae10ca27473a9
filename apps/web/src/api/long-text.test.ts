import { expect, it, vi } from "vitest";
import { pauseWhenDue, readLongText, startBurst } from "./long-text.ts";

/** A response whose bytes arrive in parts of a length. */
function inParts(bytes: Uint8Array<ArrayBuffer>, length: number): Response {
  return new Response(
    new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += length) controller.enqueue(bytes.slice(at, at + length));
        controller.close();
      },
    }),
  );
}

it("a long text is read as the platform reads it, wherever its bytes are split and whether or not they are valid", async () => {
  const texts = ["", "plain", "\ufeffa mark at the beginning", "é 한국어 日本語 😀 \u0000"].map((text) =>
    new TextEncoder().encode(text),
  );
  const invalid = [[0xff], [0xe2, 0x82], [0xf0, 0x9f, 0x41], [0xed, 0xa0, 0x80, 0x41]].map(
    (bytes) => new Uint8Array(bytes),
  );
  for (const bytes of [...texts, ...invalid]) {
    const expected = await new Response(bytes).text();
    for (const length of [1, 2, 3, 4, 5]) expect(await readLongText(inParts(bytes, length))).toBe(expected);
  }
  expect(await readLongText(new Response())).toBe("");
});

it("other work is done while megabytes are read", async () => {
  let others = 0;
  let isRead = false;
  const work = (): void => {
    others += 1;
    if (!isRead) setImmediate(work);
  };
  setImmediate(work);
  const text = await readLongText(inParts(new TextEncoder().encode("한".repeat(600_000)), 60_000));
  isRead = true;
  expect(text.length).toBe(600_000);
  expect(others).toBeGreaterThan(1);
});

it("work that has just begun is not interrupted before its time is over", async () => {
  const clock = vi.spyOn(performance, "now").mockReturnValue(1_000);
  let others = 0;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    others += 1;
  };
  try {
    port2.postMessage(null);
    startBurst();
    await pauseWhenDue();
    expect(others).toBe(0);
    clock.mockReturnValue(1_008);
    await pauseWhenDue();
    expect(others).toBe(1);
  } finally {
    clock.mockRestore();
    port1.close();
  }
});

it("pauses of long work come every few milliseconds, not at every step", async () => {
  const start = performance.now();
  let isOver = false;
  let tasks = 0;
  const countTasks = (): void => {
    tasks += 1;
    if (!isOver) setImmediate(countTasks);
  };
  setImmediate(countTasks);
  let steps = 0;
  while (tasks < 3 && performance.now() - start < 10_000) {
    await pauseWhenDue();
    steps += 1;
  }
  isOver = true;
  expect(tasks).toBe(3);
  expect(steps).toBeGreaterThan(100);
});
