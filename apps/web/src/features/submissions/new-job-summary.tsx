import { targetHostOf } from "@wsc-dashboard/wsc-core";
import { useFormContext, useWatch } from "react-hook-form";
import { speedWord, userAgentWord } from "../../job-fields/job-field-words.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import type { NewJobValues } from "./new-job-values.ts";
import { reservationText } from "./submission-words.ts";

/** The job as it stands so far, beside the form on wide screens. */
export function NewJobSummary() {
  const messages = useMessages();
  const { create } = messages;
  const formats = useFormats();
  const { number } = formats;
  const { control } = useFormContext<NewJobValues>();
  const { startUrl, excludeUrls, signIn, items, userAgent, speed, when } = useWatch({ control }) as NewJobValues;
  const headerCount = signIn.kind === "headers" ? Object.keys(signIn.headers).length : 0;
  return (
    <aside className="summary" aria-labelledby="summary-title">
      <h2 id="summary-title" className="summary-title">
        {create.summary}
      </h2>
      <dl>
        <dt>{create.stepNames.target}</dt>
        <dd>
          {startUrl.trim() === "" ? (
            <span className="muted">–</span>
          ) : (
            <PlainText text={targetHostOf(startUrl.trim())} className="strong" />
          )}
        </dd>
        <dt>{create.excludeUrls}</dt>
        <dd>
          {excludeUrls.length === 0 ? create.none : create.excludeCount(excludeUrls.length, number(excludeUrls.length))}
        </dd>
        <dt>{create.stepNames.signin}</dt>
        <dd>{signIn.kind === "none" ? create.signInNone : create.headersHidden(headerCount, number(headerCount))}</dd>
        <dt>{create.checks}</dt>
        <dd translate="no">{items.includes("ALL") ? create.checksAll : items.join(", ") || create.none}</dd>
        <dt>{create.userAgent}</dt>
        <dd>{userAgentWord(messages, userAgent)}</dd>
        <dt>{create.speed}</dt>
        <dd>{speedWord(messages, speed).name}</dd>
        <dt>{create.whenKind}</dt>
        <dd>{when.kind === "now" ? create.whenNow : reservationText(formats, when)}</dd>
      </dl>
    </aside>
  );
}
