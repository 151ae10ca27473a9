/** An item that can be in one list at a time. */
export interface Linked<Item> {
  previous: Item | null;
  next: Item | null;
}

/** A list in order of addition. Adding and removing take constant time and no memory; removing an item that is not in it is wrong. */
export function createLinkedList<Item extends Linked<Item>>() {
  let first: Item | null = null;
  let last: Item | null = null;
  return {
    first: (): Item | null => first,

    add(item: Item): void {
      item.previous = last;
      item.next = null;
      if (last === null) first = item;
      else last.next = item;
      last = item;
    },

    remove(item: Item): void {
      const { previous, next } = item;
      if (previous === null) first = next;
      else previous.next = next;
      if (next === null) last = previous;
      else next.previous = previous;
      item.previous = null;
      item.next = null;
    },

    /** All items, as they are now. */
    all(): Item[] {
      const items: Item[] = [];
      for (let item = first; item !== null; item = item.next) items.push(item);
      return items;
    },
  };
}
