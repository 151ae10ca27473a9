import { reportReminder } from "@wsc-dashboard/wsc-core";

const tones = { month: "tone-medium", week: "tone-high" } as const;

/** The emphasis of a report in its last month and last week; none before. */
export function reportExpiryTone(expiresAt: string, now: number): (typeof tones)[keyof typeof tones] | undefined {
  const reminder = reportReminder(new Date(expiresAt), new Date(now));
  return reminder === null ? undefined : tones[reminder];
}
