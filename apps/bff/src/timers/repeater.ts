export interface Repeater {
  /** Starts repeating, the first time after one interval. */
  start(): void;
  /** Runs now, or once more after the current run. */
  wake(): void;
  /** Starts no further run; resolves when none is in progress. */
  stop(): Promise<void>;
}

/**
 * Repeats work, `everyMs` milliseconds after the end of the previous run and never concurrently. Does not keep the process alive.
 * Errors go to `onError` and do not stop it.
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
