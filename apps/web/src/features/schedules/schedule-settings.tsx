import { isWholeDay, type Schedule } from "@wsc-dashboard/wsc-core";
import { JobFactList } from "../../job-fields/job-fact-list.tsx";
import { type JobFactName, jobFacts } from "../../job-fields/job-summary.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { ruleText } from "./schedule-text.ts";

const shownFacts: readonly JobFactName[] = ["startUrl", "excludeUrls", "signIn", "items", "userAgent", "speed", "memo"];

/** All settings of the schedule, read-only. */
export function ScheduleSettings({ schedule }: { readonly schedule: Schedule }) {
  const messages = useMessages();
  const { create, schedules: words } = messages;
  const formats = useFormats();
  const { signInKind, rule, collision, blackout } = schedule;
  const facts = jobFacts(messages, formats, { ...schedule, signIn: signInKind });
  return (
    <FactList isWide>
      <dt>{words.rule}</dt>
      <dd>{ruleText(messages, formats, rule)}</dd>
      <dt>{words.blackout}</dt>
      <dd>
        {blackout.length === 0 ? (
          create.none
        ) : (
          <ul>
            {blackout.map(({ days, from, to }) => {
              const dayWords = formats.list(days.map((day) => formats.weekday(day, "short")));
              return (
                <li key={`${days.join()} ${from} ${to}`}>
                  {isWholeDay({ from, to }) ? words.wholeDayText(dayWords) : words.blackoutText(dayWords, from, to)}
                </li>
              );
            })}
          </ul>
        )}
      </dd>
      <dt>{words.collision}</dt>
      <dd>{words.collisionWords[collision].name}</dd>
      <JobFactList facts={shownFacts.map((name) => facts[name])} />
      <dt>{words.owner}</dt>
      <dd>
        <PlainText text={schedule.owner} />
      </dd>
    </FactList>
  );
}
