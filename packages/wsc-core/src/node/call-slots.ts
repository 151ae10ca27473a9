export interface CallSlots {
  /** Resolves with a function that releases the slot; `null` on timeout or when the queue is full. */
  acquire(waitMs: number): Promise<(() => void) | null>;
}

/** At most `slots` calls at the same time; others wait in order, at most `queueLimit` of them. */
export function createCallSlots(slots: number, queueLimit: number): CallSlots {
  let used = 0;
  const waiting = new Set<(release: (() => void) | null) => void>();

  function releaseOnce(): () => void {
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      const [next] = waiting;
      if (next === undefined) used -= 1;
      else next(releaseOnce());
    };
  }

  return {
    async acquire(waitMs) {
      if (used < slots) {
        used += 1;
        return releaseOnce();
      }
      if (waiting.size >= queueLimit) return null;
      return new Promise((resolve) => {
        const settle = (release: (() => void) | null): void => {
          clearTimeout(timer);
          waiting.delete(settle);
          resolve(release);
        };
        const timer = setTimeout(() => settle(null), waitMs);
        waiting.add(settle);
      });
    },
  };
}
