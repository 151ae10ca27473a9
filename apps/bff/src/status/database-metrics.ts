import { submissionStates } from "@wsc-dashboard/wsc-core";
import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import { Gauge, type Registry } from "prom-client";
import type { DatabaseStatus } from "./database-status.ts";

/** Metrics of the database's content, omitted while the database is unavailable: old values would look current. */
export function createDatabaseMetrics(registry: Registry, database: DatabaseStatus, clock: GatewayClock): void {
  const registers = [registry];
  new Gauge({
    name: "wsc_submissions",
    help: "Submissions by state.",
    labelNames: ["state"],
    registers,
    async collect() {
      this.reset();
      const counts = await database.submissions().catch(() => null);
      if (counts === null) return;
      for (const state of submissionStates) {
        this.set({ state }, counts.find((row) => row.state === state)?.count ?? 0);
      }
    },
  });
  new Gauge({
    name: "wsc_store_writable",
    help: "1 when a small write to the database comes through.",
    registers,
    async collect() {
      this.set((await database.health()).isWritable ? 1 : 0);
    },
  });
  new Gauge({
    name: "wsc_channels",
    help: "Channels of notifications: active, paused by a person, or failed and therefore paused.",
    labelNames: ["state"],
    registers,
    async collect() {
      this.reset();
      const counts = await database.channels().catch(() => null);
      if (counts === null) return;
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
  /** Removes the gauge when there is no value: a gauge without labels would keep its last one. */
  const optional = (name: string, help: string, read: () => Promise<number>): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const value = await read().catch(() => null);
        if (value === null) this.remove();
        else this.set(value);
      },
    });
  };
  optional("wsc_audit_entries", "Entries of the audit chain.", database.auditEntries);
  optional("wsc_sessions", "Sessions kept by the dashboard that have not ended (mode oidc).", () =>
    database.sessions(Date.now()),
  );
  optional(
    "wsc_oldest_waiting_message_age_seconds",
    "How long the oldest message of a channel that is not paused has waited to be delivered; 0 when none waits.",
    async () => {
      const at = clock.now();
      const madeAt = await database.oldestMessageAt();
      return madeAt === null ? 0 : Math.max(0, at - madeAt) / 1000;
    },
  );
  optional(
    "wsc_oldest_due_submission_age_seconds",
    "How long the oldest submission that waits to be sent has been due; 0 when none is due.",
    async () => {
      const at = clock.now();
      const dueAt = await database.oldestDueAt(at);
      return dueAt === null ? 0 : (at - dueAt) / 1000;
    },
  );
}
