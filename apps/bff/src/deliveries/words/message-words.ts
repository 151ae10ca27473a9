import type { NotificationEvent, Severity } from "@wsc-dashboard/wsc-core";

/** All sentences of messages. A missing one is a compile error. */
export interface MessageWords {
  readonly title: Readonly<Record<NotificationEvent, string>>;
  readonly test: string;
  /** Subject of a message with several notifications. */
  readonly digest: (count: number) => string;
  readonly more: (count: number) => string;
  readonly counts: (count: Readonly<Record<"total" | Severity, string>>) => string;
  readonly changes: (count: Readonly<Record<"new" | "remaining" | "fixed" | "notRetested", number>>) => string;
  readonly uncounted: string;
  readonly code: (code: string) => string;
  readonly daysLeft: (days: number) => string;
  readonly budget: (used: number, limit: number) => string;
  /** Number of findings of the event. */
  readonly verdicts: (count: number) => string;
  /** Number of targets of the event. */
  readonly targets: (count: number) => string;
  /** Names, separated by commas. */
  readonly people: (names: string) => string;
  readonly open: string;
  /** The last line of a mail: of a channel of admins, and of a person's own notifications. */
  readonly sender: string;
  readonly ownSender: string;
}
