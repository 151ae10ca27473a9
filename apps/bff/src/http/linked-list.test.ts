import fc from "fast-check";
import { expect, it } from "vitest";
import { createLinkedList, type Linked } from "./linked-list.ts";

interface Item extends Linked<Item> {
  readonly number: number;
}

it("a linked list has its items in order of addition, whatever is added and removed", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 })), (numbers) => {
      const list = createLinkedList<Item>();
      const expected = new Set<Item>();
      const items = Array.from({ length: 10 }, (_, number): Item => ({ number, previous: null, next: null }));
      for (const number of numbers) {
        const item = items[number] as Item;
        if (expected.delete(item)) list.remove(item);
        else {
          expected.add(item);
          list.add(item);
        }
        expect(list.all().map((one) => one.number)).toEqual([...expected].map((one) => one.number));
        expect(list.first()).toBe([...expected][0] ?? null);
      }
    }),
  );
});
