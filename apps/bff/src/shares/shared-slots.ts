import { WscError } from "@wsc-dashboard/wsc-core";

export interface SlotLimits {
  /** For all people together. */
  readonly total: number;
  readonly perPerson: number;
}

/**
 * Slots for work that many people request, so that nobody can take them all. A slot is held until its work has ended, however
 * long the caller waits. `take` throws OWN_CALLS_EXHAUSTED when the person's share is used, SERVER_BUSY when all slots are taken.
 */
export function createSharedSlots({ total, perPerson }: SlotLimits, purpose: string) {
  const held = new Map<string, number>();
  let taken = 0;

  /** Takes a slot; the returned function releases it, once. */
  function take(personId: string): () => void {
    const own = held.get(personId) ?? 0;
    if (own >= perPerson) throw new WscError("OWN_CALLS_EXHAUSTED", `${purpose}: this person has ${own} at a time`);
    if (taken >= total) throw new WscError("SERVER_BUSY", `${purpose}: ${taken} at a time`);
    held.set(personId, own + 1);
    taken += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      taken -= 1;
      const left = (held.get(personId) ?? 1) - 1;
      if (left === 0) held.delete(personId);
      else held.set(personId, left);
    };
  }

  return {
    take,
    async run<Value>(personId: string, work: () => Promise<Value>): Promise<Value> {
      const release = take(personId);
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
