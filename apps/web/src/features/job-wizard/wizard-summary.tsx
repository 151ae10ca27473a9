import { targetHostOf } from "@wsc-dashboard/wsc-core";
import { useFormContext, useWatch } from "react-hook-form";
import { itemsWord, signInWord, speedWord, userAgentWord } from "../../job-fields/job-field-words.ts";
import { startTimeText } from "../../job-fields/start-time.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useMediaQuery } from "../../ui/hooks.ts";
import { PlainText } from "../../ui/plain-text.tsx";
import type { WizardValues } from "./wizard-values.ts";

/** The job as it stands so far: beside the form on wide screens, folded above it on narrow ones. */
export function WizardSummary() {
  const { create } = useMessages();
  const isWide = useMediaQuery("(min-width: 80rem)");
  const { control } = useFormContext<WizardValues>();
  const startUrl = useWatch({ control, name: "startUrl" }).trim();
  const host = startUrl === "" ? null : <PlainText text={targetHostOf(startUrl)} className="strong" />;
  if (isWide) {
    return (
      <aside className="summary" aria-labelledby="summary-title">
        <h2 id="summary-title" className="summary-title">
          {create.summary}
        </h2>
        <SummaryFacts />
      </aside>
    );
  }
  return (
    <details className="summary-folded">
      <summary>
        {create.summary} {host}
      </summary>
      <SummaryFacts />
    </details>
  );
}

function SummaryFacts() {
  const messages = useMessages();
  const { create, target } = messages;
  const formats = useFormats();
  const { number } = formats;
  const { control } = useFormContext<WizardValues>();
  const values = useWatch({ control }) as WizardValues;
  const { startUrl, excludeUrls, hosting, signIn, items, userAgent, speed, when } = values;
  return (
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
      {hosting === "managed" ? (
        <>
          <dt>{target.hosting}</dt>
          <dd>{target.managed}</dd>
        </>
      ) : null}
      <dt>{create.stepNames.signin}</dt>
      <dd>{signInWord(messages, formats, signIn)}</dd>
      <dt>{create.checks}</dt>
      <dd>
        <PlainText text={itemsWord(messages, items)} />
      </dd>
      <dt>{create.userAgent}</dt>
      <dd>{userAgentWord(messages, userAgent)}</dd>
      <dt>{create.speed}</dt>
      <dd>{speedWord(messages, speed).name}</dd>
      <dt>{create.whenKind}</dt>
      <dd>{startTimeText(messages, formats, when)}</dd>
    </dl>
  );
}
