import type { Finding } from "@wsc-dashboard/wsc-core";
import { afterEach, describe, expect, it } from "vitest";
import { createRowQueue, type RowQueue } from "./row-queue.ts";

const findings = (name: string, count: number): Finding[] =>
  Array.from({ length: count }, (_, index) => ({
    number: `${name}-${index}`,
    severity: null,
    item: "XSS",
    method: null,
    url: null,
    parameter: null,
    evidence: null,
    fingerprint: `${name}-${index}`,
    otherFields: [],
  }));

const names = ["a", "b", "c", "d"] as const;
let queue: RowQueue;

/** A list of four parts, each higher than the list. */
function createList(): readonly HTMLElement[] {
  const scroller = document.createElement("div");
  scroller.style.cssText = "height: 100px; overflow: auto";
  const parts = names.map((name) => {
    const part = document.createElement("div");
    part.style.height = "200px";
    part.dataset.name = name;
    return part;
  });
  scroller.append(...parts);
  document.body.replaceChildren(scroller);
  const create = ({ number }: Finding): HTMLElement => {
    const row = document.createElement("p");
    row.id = number;
    return row;
  };
  queue = createRowQueue({ create, update: () => {} });
  queue.attach(scroller);
  for (const part of parts) {
    const name = part.dataset.name ?? "";
    queue.place(part, { key: name, findings: findings(name, 3) }, false);
  }
  queue.fillAll();
  return parts;
}
const counts = (parts: readonly HTMLElement[]): number[] => parts.map(({ childElementCount }) => childElementCount);
const emptied = (isKept: (key: string) => boolean): Promise<() => void> =>
  new Promise((resolve) => {
    const stop = queue.empty(isKept, () => resolve(stop));
  });

afterEach(() => queue.stop());

describe("a list that is added to the page", () => {
  it("has the rows of its urgent parts at once, and the others soon", async () => {
    const [list, ...parts] = [document.createElement("div"), ...names.map(() => document.createElement("div"))];
    list.append(...parts);
    document.body.replaceChildren(list);
    const create = () => document.createElement("p");
    queue = createRowQueue({ create, update: () => {} });
    for (const [index, part] of parts.entries())
      queue.place(part, { key: String(index), findings: findings("a", 3) }, index === 0);
    expect(counts(parts)).toEqual([0, 0, 0, 0]);
    queue.attach(list);
    expect(counts(parts)).toEqual([3, 0, 0, 0]);
    await expect.poll(() => counts(parts)).toEqual([3, 3, 3, 3]);
  });
});

describe("emptying the parts of a list that a filter removes", () => {
  it("removes their rows, and leaves those that stay and those on the screen as they are", async () => {
    const parts = createList();
    const kept = document.getElementById("c-1");
    await emptied((key) => key === "c");
    expect(counts(parts)).toEqual([3, 0, 3, 0]);
    expect(document.getElementById("c-1")).toBe(kept);
  });

  it("fills them again when they are needed after all: for paper, for a link, or because the filter changed back", async () => {
    let parts = createList();
    await emptied(() => false);
    queue.fillAll();
    expect(counts(parts)).toEqual([3, 3, 3, 3]);
    parts = createList();
    await emptied(() => false);
    queue.fillPartOf("d-2");
    expect(counts(parts)).toEqual([3, 0, 0, 3]);
    parts = createList();
    const stop = await emptied(() => false);
    stop();
    await expect.poll(() => counts(parts)).toEqual([3, 3, 3, 3]);
  });

  it("does not fill a part again that has been removed", async () => {
    const parts = createList();
    const [, second] = parts;
    if (second === undefined) throw new Error("the list has four parts");
    const remove = queue.place(second, { key: "b", findings: findings("b", 3) }, true);
    const stop = await emptied((key) => key !== "b");
    remove();
    stop();
    queue.fillAll();
    expect(counts(parts)).toEqual([3, 0, 3, 3]);
  });
});
