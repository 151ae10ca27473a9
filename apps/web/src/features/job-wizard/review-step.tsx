import { type RescanLedger, targetHostOf } from "@wsc-dashboard/wsc-core";
import type { ReactNode } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { HelpLink } from "../../domain-ui/help-link.tsx";
import { ConsentField } from "../../job-fields/consent-field.tsx";
import { JobFactList } from "../../job-fields/job-fact-list.tsx";
import { type JobFactName, jobFacts } from "../../job-fields/job-summary.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { linkButtonClass } from "../../ui/button.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { useNow } from "../../ui/hooks.ts";
import { ConsoleHandOver } from "./console-hand-over.tsx";
import { ExactRequest } from "./exact-request.tsx";
import { Fees } from "./fees.tsx";
import { RescanLedgerBlock } from "./rescan-ledger-block.tsx";
import type { WizardStep } from "./wizard-search.ts";
import type { WizardValues } from "./wizard-values.ts";

interface ReviewStepProps {
  readonly ledger: RescanLedger | null;
  readonly onEdit: (step: WizardStep) => void;
  /** The button that starts the job. */
  readonly start: ReactNode;
}

/** Summary of the whole request before money is spent, with a way back to each part. */
export function ReviewStep({ ledger, onEdit, start }: ReviewStepProps) {
  const { control } = useFormContext<WizardValues>();
  const values = useWatch({ control }) as WizardValues;
  const { startUrl, hosting, rescanOf, when } = values;
  const now = useNow(60_000);
  return (
    <div className="xl:grid xl:grid-cols-[minmax(0,1fr)_minmax(0,24rem)] xl:items-start xl:gap-12" data-review="">
      <div>
        {hosting === "managed" ? <ConsoleHandOver /> : null}
        <ChosenSettings values={values} onEdit={onEdit} />
        <ExactRequest />
      </div>
      <div>
        {rescanOf !== undefined && ledger ? <RescanLedgerBlock ledger={ledger} now={now} /> : null}
        <WhatHappens values={values} />
        <Fees isRepeating={when.kind === "repeat"} />
        {when.kind === "repeat" ? null : (
          <ConsentField name="consent" host={startUrl === "" ? "" : targetHostOf(startUrl.trim())} />
        )}
        <div className="pt-4">{start}</div>
      </div>
    </div>
  );
}

/** The facts of each step, in the order of the steps. */
const reviewedSteps: readonly (readonly [ReviewBlockProps["step"], readonly JobFactName[]])[] = [
  ["target", ["startUrl", "excludeUrls", "hosting"]],
  ["signin", ["signIn"]],
  ["checks", ["items", "userAgent", "speed", "memo"]],
  ["when", ["when"]],
];

interface ChosenSettingsProps {
  readonly values: WizardValues;
  readonly onEdit: (step: WizardStep) => void;
}

function ChosenSettings({ values, onEdit }: ChosenSettingsProps) {
  const messages = useMessages();
  const formats = useFormats();
  const facts = jobFacts(messages, formats, values);
  return reviewedSteps.map(([step, names]) => (
    <ReviewBlock key={step} step={step} onEdit={onEdit}>
      <JobFactList facts={names.map((name) => facts[name])} />
    </ReviewBlock>
  ));
}

function WhatHappens({ values: { when, rescanOf } }: { readonly values: WizardValues }) {
  const { create, review, shell } = useMessages();
  const start = { now: create.startsNow, at: create.reservedNote, repeat: create.whenRepeatHint }[when.kind];
  return (
    <section className="mt-4 border-t border-hairline pt-3">
      <h3 className="text-h3">{create.whatHappens}</h3>
      <ul className="mt-1 list-[square] ps-5 marker:text-text-3">
        {rescanOf === undefined ? null : (
          <li>
            {shell.sentences(create.rescanOf(rescanOf), create.rescanRules)}{" "}
            <HelpLink topic="rescan" about={create.rescanOf(rescanOf)} />
          </li>
        )}
        <li>{start}</li>
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
    <section className="mt-4 border-t border-hairline pt-3">
      <div className="mb-1 flex justify-between gap-4">
        <h3 className="text-h3">{create.stepNames[step]}</h3>
        <button
          type="button"
          className={linkButtonClass}
          aria-label={create.editStep(create.stepNames[step])}
          onClick={() => onEdit(step)}
        >
          {create.edit}
        </button>
      </div>
      <FactList className="sm:grid-cols-[14rem_minmax(0,1fr)]!">{children}</FactList>
    </section>
  );
}
