export interface ProcessSignals {
  /** Sets the handler of SIGTERM and SIGINT; before the first call they exit at once, since no work is in progress. */
  onStop(stop: () => void): void;
  /** Sets the handler of SIGHUP, and calls it if the signal came before. */
  onReload(reload: () => void): void;
}

/**
 * Registers signal handlers. Imports nothing, so that it can run before anything else is loaded: the first process of a container
 * ignores signals without a handler.
 */
export function catchSignals(): ProcessSignals {
  let stop = (): void => process.exit(0);
  let isReloadWanted = false;
  let reload = (): void => {
    isReloadWanted = true;
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stop());
  process.on("SIGHUP", () => reload());
  return {
    onStop(next) {
      stop = next;
    },
    onReload(next) {
      reload = next;
      if (isReloadWanted) reload();
    },
  };
}
