import { targetHostOf } from "@wsc-dashboard/wsc-core";
import type { ReactNode } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { ConsentField } from "../../job-fields/consent-field.tsx";
import { speedWord, userAgentWord } from "../../job-fields/job-field-words.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import type { NewJobStep } from "./new-job-search.ts";
import type { NewJobValues } from "./new-job-values.ts";
import { reservationText } from "./submission-words.ts";

/** Everything once more before money is spent, with a way back to each part. */
export function ReviewStep({ onEdit }: { readonly onEdit: (step: NewJobStep) => void }) {
  const messages = useMessages();
  const { create } = messages;
  const formats = useFormats();
  const { control } = useFormContext<NewJobValues>();
  const values = useWatch({ control }) as NewJobValues;
  const { startUrl, excludeUrls, signIn, items, userAgent, speed, memo, rescanOf, when } = values;
  const headerCount = signIn.kind === "headers" ? Object.keys(signIn.headers).length : 0;
  return (
    <>
      <ReviewBlock step="target" onEdit={onEdit}>
        <dt>{create.startUrl}</dt>
        <dd>{startUrl === "" ? create.none : <PlainText text={startUrl} className="strong url" />}</dd>
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
      </ReviewBlock>
      <ReviewBlock step="signin" onEdit={onEdit}>
        <dt>{create.signInKind}</dt>
        <dd>
          {signIn.kind === "none" ? create.signInNone : create.headersHidden(headerCount, formats.number(headerCount))}
        </dd>
      </ReviewBlock>
      <ReviewBlock step="checks" onEdit={onEdit}>
        <dt>{create.checks}</dt>
        <dd translate="no">{items.includes("ALL") ? create.checksAll : items.join(", ") || create.none}</dd>
        <dt>{create.userAgent}</dt>
        <dd>{userAgentWord(messages, userAgent)}</dd>
        <dt>{create.speed}</dt>
        <dd>{speedWord(messages, speed).name}</dd>
        <dt>{create.memo}</dt>
        <dd>{memo === "" ? create.none : <PlainText text={memo} />}</dd>
      </ReviewBlock>
      <ReviewBlock step="when" onEdit={onEdit}>
        <dt>{create.whenKind}</dt>
        <dd>{when.kind === "now" ? create.whenNow : <strong>{reservationText(formats, when)}</strong>}</dd>
      </ReviewBlock>
      <section className="review-block">
        <h3 className="h3">{create.whatHappens}</h3>
        <ul className="bullets">
          {rescanOf === undefined ? null : (
            <li>
              {create.rescanOf(rescanOf)} {create.rescanRules}
            </li>
          )}
          <li>{when.kind === "now" ? create.startsNow : create.reservedNote}</li>
          <li>{create.charges}</li>
          <li>{create.mayChange}</li>
        </ul>
      </section>
      <ConsentField host={startUrl === "" ? "" : targetHostOf(startUrl)} />
    </>
  );
}

interface ReviewBlockProps {
  readonly step: Exclude<NewJobStep, "review">;
  readonly onEdit: (step: NewJobStep) => void;
  readonly children: ReactNode;
}

function ReviewBlock({ step, onEdit, children }: ReviewBlockProps) {
  const { create } = useMessages();
  return (
    <section className="review-block">
      <div className="review-head">
        <h3 className="h3">{create.stepNames[step]}</h3>
        <button
          type="button"
          className="link-button"
          aria-label={create.editStep(create.stepNames[step])}
          onClick={() => onEdit(step)}
        >
          {create.edit}
        </button>
      </div>
      <dl className="facts">{children}</dl>
    </section>
  );
}
