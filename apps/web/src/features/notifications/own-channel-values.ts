import type { Language, OwnChannel, OwnChannelRequest } from "@wsc-dashboard/wsc-core";
import { type TimeValues, usualQuiet } from "./channel-values.ts";

/** The form values of a person's own notifications. */
export interface OwnChannelValues extends TimeValues, Pick<OwnChannelRequest, "receiver" | "names" | "events"> {}

/** What is chosen until a person chooses: what asks for an answer, within the hour. */
const usualEvents: OwnChannelRequest["events"] = [
  "verdict.mentioned",
  "verdict.assigned",
  "target.assigned",
  "verdict.returned",
  "verdict.expired",
  "job.failed",
  "submission.failed",
  "submission.review",
  "signIn.failed",
];

/** The initial form values. `name`: the person's name in the dashboard. */
export function ownValuesOf(
  channel: OwnChannel | null,
  { name, zone, language }: { readonly name: string; readonly zone: string; readonly language: Language },
): OwnChannelValues {
  if (channel === null) {
    const times = { digest: "hourly" as const, digestTime: "09:00", isQuiet: false, quiet: usualQuiet };
    return { ...times, receiver: "", names: [name], events: usualEvents, zone, language };
  }
  const { receiver, names, events, digest, digestTime, quietHours } = channel;
  return {
    ...{ receiver, names, events, digest, digestTime, zone: channel.zone, language: channel.language },
    ...{ isQuiet: quietHours !== null, quiet: quietHours ?? usualQuiet },
  };
}

/** The settings to send. */
export function ownSettingsOf({ isQuiet, quiet, receiver, ...others }: OwnChannelValues): OwnChannelRequest {
  return { ...others, receiver: receiver.trim(), quietHours: isQuiet ? quiet : null };
}
