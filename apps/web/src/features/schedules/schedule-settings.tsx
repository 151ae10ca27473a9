import { isWholeDay, type Schedule } from "@wsc-dashboard/wsc-core";
import { speedWord, userAgentWord } from "../../job-fields/job-field-words.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { ruleText } from "./schedule-words.ts";

/** Everything the schedule says, for reading. */
export function ScheduleSettings({ schedule }: { readonly schedule: Schedule }) {
  const messages = useMessages();
  const { create, jobs, schedules: words, signIn } = messages;
  const formats = useFormats();
  const { startUrl, excludeUrls, items, userAgent, speed, memo, signInKind, rule, collision, blackout } = schedule;
  return (
    <dl className="facts facts-wide">
      <dt>{words.rule}</dt>
      <dd>{ruleText(messages, formats, rule)}</dd>
      <dt>{words.blackout}</dt>
      <dd>
        {blackout.length === 0 ? (
          create.none
        ) : (
          <ul className="plain-list">
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
      <dt>{create.startUrl}</dt>
      <dd>
        <PlainText text={startUrl} className="url" />
      </dd>
      <dt>{create.excludeUrls}</dt>
      <dd>
        {excludeUrls.length === 0 ? (
          create.none
        ) : (
          <ul className="plain-list">
            {excludeUrls.map((url) => (
              <li key={url}>
                <PlainText text={url} className="url" />
              </li>
            ))}
          </ul>
        )}
      </dd>
      <dt>{create.stepNames.signin}</dt>
      <dd>{{ none: create.signInNone, headers: create.signInHeaders, form: signIn.form }[signInKind]}</dd>
      <dt>{create.checks}</dt>
      <dd>{items.includes("ALL") ? create.checksAll : <PlainText text={items.join(", ")} />}</dd>
      <dt>{create.userAgent}</dt>
      <dd>{userAgentWord(messages, userAgent)}</dd>
      <dt>{create.speed}</dt>
      <dd>{speedWord(messages, speed).name}</dd>
      <dt>{jobs.memo}</dt>
      <dd>{memo === "" ? create.none : <PlainText text={memo} />}</dd>
      <dt>{words.owner}</dt>
      <dd>
        <PlainText text={schedule.owner} />
      </dd>
    </dl>
  );
}
