import { targetHostOf } from "@wsc-dashboard/wsc-core";
import { useFormContext, useWatch } from "react-hook-form";
import { JobFactList } from "../../job-fields/job-fact-list.tsx";
import { shortJobFacts } from "../../job-fields/job-summary.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useMediaQuery } from "../../ui/hooks.ts";
import { PlainText } from "../../ui/plain-text.tsx";
import type { WizardValues } from "./wizard-values.ts";

/** The job so far: beside the form on wide screens, folded above it on narrow ones. */
export function WizardSummary() {
  const { create } = useMessages();
  const isWide = useMediaQuery("(min-width: 80rem)");
  const { control } = useFormContext<WizardValues>();
  const startUrl = useWatch({ control, name: "startUrl" }).trim();
  const host = startUrl === "" ? null : <PlainText text={targetHostOf(startUrl)} className="font-bold" />;
  if (isWide) {
    return (
      <aside
        className="[&_dt]:mt-2.5 [&_dt]:text-text-3 xl:self-start xl:border-t xl:border-control xl:pt-2"
        aria-labelledby="summary-title"
      >
        <h2 id="summary-title" className="font-bold">
          {create.summary}
        </h2>
        <SummaryFacts />
      </aside>
    );
  }
  return (
    <details className="row-start-2 border-y border-hairline py-1 lg:col-start-2 lg:row-start-auto lg:-order-1 [&_dt]:mt-2.5 [&_dt]:text-text-3 [&>summary]:min-h-6 [&>summary]:cursor-pointer">
      <summary>
        {create.summary} {host}
      </summary>
      <SummaryFacts />
    </details>
  );
}

function SummaryFacts() {
  const messages = useMessages();
  const formats = useFormats();
  const { control } = useFormContext<WizardValues>();
  const values = useWatch({ control }) as WizardValues;
  return (
    <dl>
      <JobFactList facts={shortJobFacts(messages, formats, values)} />
    </dl>
  );
}
