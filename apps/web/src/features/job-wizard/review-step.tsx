import { type RescanLedger, readWebUrl, targetHostOf } from "@wsc-dashboard/wsc-core";
import type { ReactNode } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { ConsentField } from "../../job-fields/consent-field.tsx";
import { isSignInOpen, itemsWord, signInWord, speedWord, userAgentWord } from "../../job-fields/job-field-words.ts";
import { startTimeText } from "../../job-fields/start-time.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useNow } from "../../ui/hooks.ts";
import { PlainText } from "../../ui/plain-text.tsx";
import { ConsoleHandOver } from "./console-hand-over.tsx";
import { ExactRequest } from "./exact-request.tsx";
import { RescanLedgerBlock } from "./rescan-ledger-block.tsx";
import type { WizardStep } from "./wizard-search.ts";
import type { WizardValues } from "./wizard-values.ts";

interface ReviewStepProps {
  readonly ledger: RescanLedger | null;
  readonly onEdit: (step: WizardStep) => void;
}

/** Everything once more before money is spent, with a way back to each part. */
export function ReviewStep({ ledger, onEdit }: ReviewStepProps) {
  const { control } = useFormContext<WizardValues>();
  const values = useWatch({ control }) as WizardValues;
  const { startUrl, hosting, rescanOf, when } = values;
  const now = useNow(60_000);
  return (
    <>
      {hosting === "managed" ? <ConsoleHandOver /> : null}
      <ChosenSettings values={values} onEdit={onEdit} />
      {rescanOf !== undefined && ledger ? <RescanLedgerBlock ledger={ledger} now={now} /> : null}
      <WhatHappens values={values} />
      <ExactRequest />
      {when.kind === "repeat" ? null : (
        <ConsentField name="consent" host={startUrl === "" ? "" : targetHostOf(startUrl.trim())} />
      )}
    </>
  );
}

/** A URL as it will be sent; as typed while it is refused. */
const asSent = (url: string): string => readWebUrl(url.trim()) ?? url;

interface ChosenSettingsProps {
  readonly values: WizardValues;
  readonly onEdit: (step: WizardStep) => void;
}

function ChosenSettings({ values, onEdit }: ChosenSettingsProps) {
  const messages = useMessages();
  const { create, target } = messages;
  const formats = useFormats();
  const { startUrl, excludeUrls, signIn, items, userAgent, speed, memo, hosting, when } = values;
  return (
    <>
      <ReviewBlock step="target" onEdit={onEdit}>
        <dt>{create.startUrl}</dt>
        <dd>{startUrl === "" ? create.none : <PlainText text={asSent(startUrl)} className="strong url" />}</dd>
        <dt>{create.excludeUrls}</dt>
        <dd>
          {excludeUrls.length === 0 ? (
            create.none
          ) : (
            <ul className="plain-list">
              {excludeUrls.map((url) => (
                <li key={url}>
                  <PlainText text={asSent(url)} className="url" />
                </li>
              ))}
            </ul>
          )}
        </dd>
        <dt>{target.hosting}</dt>
        <dd>{target[hosting]}</dd>
      </ReviewBlock>
      <ReviewBlock step="signin" onEdit={onEdit}>
        <dt>{create.signInKind}</dt>
        <dd className={isSignInOpen(signIn) ? "strong tone-medium" : undefined}>
          {signInWord(messages, formats, signIn)}
        </dd>
      </ReviewBlock>
      <ReviewBlock step="checks" onEdit={onEdit}>
        <dt>{create.checks}</dt>
        <dd>
          <PlainText text={itemsWord(messages, items)} />
        </dd>
        <dt>{create.userAgent}</dt>
        <dd>{userAgentWord(messages, userAgent)}</dd>
        <dt>{create.speed}</dt>
        <dd>{speedWord(messages, speed).name}</dd>
        <dt>{create.memo}</dt>
        <dd>{memo === "" ? create.none : <PlainText text={memo} />}</dd>
      </ReviewBlock>
      <ReviewBlock step="when" onEdit={onEdit}>
        <dt>{create.whenKind}</dt>
        <dd className={when.kind === "at" ? "strong" : undefined}>{startTimeText(messages, formats, when)}</dd>
      </ReviewBlock>
    </>
  );
}

function WhatHappens({ values: { when, rescanOf } }: { readonly values: WizardValues }) {
  const { create, review } = useMessages();
  const start = { now: create.startsNow, at: create.reservedNote, repeat: create.whenRepeatHint }[when.kind];
  return (
    <section className="review-block">
      <h3 className="h3">{create.whatHappens}</h3>
      <ul className="bullets">
        {rescanOf === undefined ? null : (
          <li>
            {create.rescanOf(rescanOf)} {create.rescanRules}
          </li>
        )}
        <li>{start}</li>
        <li>{when.kind === "repeat" ? review.costRepeat : create.charges}</li>
        <li>{create.mayChange}</li>
        <li>{review.responsibility}</li>
      </ul>
    </section>
  );
}

interface ReviewBlockProps {
  readonly step: Exclude<WizardStep, "review">;
  readonly onEdit: (step: WizardStep) => void;
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
