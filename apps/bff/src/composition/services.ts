/** Something that works by itself while the server runs. */
export interface Service {
  start(): void | Promise<void>;
  /** Resolves when nothing of it is under way. */
  close(): void | Promise<void>;
}

export interface Services {
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Started in the given order and closed in the opposite one; one that fails to close keeps no other from it. */
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
