export interface Repeater {
  /** From now on, the first time after one interval. */
  start(): void;
  /** At once, or once more after what is running. */
  wake(): void;
  /** Begins nothing more; resolves when nothing is running. */
  stop(): Promise<void>;
}

/**
 * Does something again and again, `everyMs` milliseconds after its end, never twice at once. Does not keep the process alive.
 * What fails is told to `onError` and does not end it.
 */
export function createRepeater(
  work: () => Promise<void>,
  everyMs: number,
  onError: (error: unknown) => void = () => {},
): Repeater {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let isWanted = false;
  let again = false;

  function plan(): void {
    clearTimeout(timer);
    if (!isWanted) return;
    timer = setTimeout(wake, everyMs);
    timer.unref();
  }

  async function run(): Promise<void> {
    clearTimeout(timer);
    do {
      again = false;
      await work().catch(onError);
    } while (again && isWanted);
    running = null;
    plan();
  }

  function wake(): void {
    if (!isWanted) return;
    again = true;
    running ??= run();
  }

  return {
    start() {
      if (isWanted) return;
      isWanted = true;
      if (running === null) plan();
    },
    wake,
    async stop() {
      isWanted = false;
      clearTimeout(timer);
      await running;
    },
  };
}
