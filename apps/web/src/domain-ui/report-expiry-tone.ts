import { reportReminder } from "@wsc-dashboard/wsc-core";

const toneClasses = { month: "font-bold text-medium-text", week: "font-bold text-high-text" } as const;

/** The emphasis of a report in its last month and last week; none before. */
export function reportExpiryTone(
  expiresAt: string,
  now: number,
): (typeof toneClasses)[keyof typeof toneClasses] | undefined {
  const reminder = reportReminder(new Date(expiresAt), new Date(now));
  return reminder === null ? undefined : toneClasses[reminder];
}
