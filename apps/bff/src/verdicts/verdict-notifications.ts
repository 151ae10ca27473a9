import type { NotificationEvent } from "@wsc-dashboard/wsc-core";
import { recordNotification } from "../notifications/record-notification.ts";
import type { TellVerdictNews, VerdictNews } from "./verdict-causes.ts";

const eventOf: Readonly<Record<VerdictNews["kind"], NotificationEvent>> = {
  ended: "verdict.expired",
  "came-back": "verdict.returned",
  assigned: "verdict.assigned",
  mentioned: "verdict.mentioned",
};

/** One notification for all findings of a target about which the same people are told the same: many at once are no flood. */
export const recordVerdictNews: TellVerdictNews = async (tx, news, at) => {
  const groups = Map.groupBy(news, ({ kind, host, people }) => JSON.stringify([kind, host, people]));
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { kind, host: target, people, id, place } = first;
    await recordNotification(tx, {
      event: eventOf[kind],
      // A place in the history of a finding is filled once.
      subject: `${id}/${place}`,
      at,
      facts: { target, verdicts: group.length, ...(people.length === 0 ? {} : { people }) },
    });
  }
};
