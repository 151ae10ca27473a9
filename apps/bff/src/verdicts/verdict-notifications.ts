import type { NotificationEvent } from "@wsc-dashboard/wsc-core";
import { recordNotification } from "../notifications/record-notification.ts";
import type { TellVerdictNews, VerdictNews } from "./verdict-causes.ts";

const eventOf: Readonly<Record<VerdictNews["kind"], NotificationEvent>> = {
  ended: "verdict.expired",
  "came-back": "verdict.returned",
  assigned: "verdict.assigned",
  mentioned: "verdict.mentioned",
};

/**
 * Groups news: one notification for all findings of a target with the same kind and people, so that many changes at once do not
 * cause a flood.
 */
export const recordVerdictNews: TellVerdictNews = async (tx, news, at, actorId) => {
  const groups = Map.groupBy(news, ({ kind, host, people }) => JSON.stringify([kind, host, people]));
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { kind, host: target, people, id, place } = first;
    await recordNotification(tx, {
      event: eventOf[kind],
      // A history number is used once, so the subject is unique.
      subject: `${id}/${place}`,
      ...{ at, actorId },
      facts: { target, verdicts: group.length, ...(people.length === 0 ? {} : { people }) },
    });
  }
};
