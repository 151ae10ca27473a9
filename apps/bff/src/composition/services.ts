/** A background activity of the server. */
export interface Service {
  start(): void | Promise<void>;
  /** Resolves when its work has ended. */
  close(): void | Promise<void>;
}

export interface Services {
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts services in order and closes them in reverse order; a failure to close does not keep the others from closing. */
export function createServices(services: readonly Service[]): Services {
  return {
    async start() {
      for (const service of services) await service.start();
    },
    async close() {
      const errors: unknown[] = [];
      for (const service of services.toReversed()) {
        try {
          await service.close();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw errors[0];
    },
  };
}
