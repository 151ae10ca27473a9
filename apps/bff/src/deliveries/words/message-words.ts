import type { NotificationEvent, Severity } from "@wsc-dashboard/wsc-core";

/** Every sentence of a message. A missing one does not compile. */
export interface MessageWords {
  readonly title: Readonly<Record<NotificationEvent, string>>;
  readonly test: string;
  /** A subject for several notifications. */
  readonly digest: (count: number) => string;
  readonly more: (count: number) => string;
  readonly counts: (count: Readonly<Record<"total" | Severity, string>>) => string;
  readonly changes: (count: Readonly<Record<"new" | "remaining" | "fixed" | "notRetested", number>>) => string;
  readonly uncounted: string;
  readonly code: (code: string) => string;
  readonly daysLeft: (days: number) => string;
  readonly budget: (used: number, limit: number) => string;
  /** Findings that the event is about. */
  readonly verdicts: (count: number) => string;
  /** Names, separated. */
  readonly people: (names: string) => string;
  readonly open: string;
  /** The last line of a mail. */
  readonly sender: string;
}
