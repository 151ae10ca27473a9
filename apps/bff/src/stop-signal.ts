export interface ProcessSignals {
  /** What SIGTERM and SIGINT do from now on; until the first call they end the process at once, since nothing is under way. */
  onStop(stop: () => void): void;
  /** What SIGHUP does from now on, also when it came before. */
  onReload(reload: () => void): void;
}

/**
 * Listens to signals. Imports nothing, so that it can be done before anything else is loaded: the first process of a container gets
 * no signal that it does not listen to.
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
