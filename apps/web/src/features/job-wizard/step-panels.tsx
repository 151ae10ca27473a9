import type { RescanLedger } from "@wsc-dashboard/wsc-core";
import type { ReactNode } from "react";
import { useRecentTargets } from "../../api/recent-jobs.ts";
import { useSession } from "../../api/session-query.ts";
import { ChecksFields } from "../../job-fields/checks-fields.tsx";
import type { SignInEntry } from "../../job-fields/sign-in-entry.ts";
import { SignInFields } from "../../job-fields/sign-in-fields.tsx";
import { TargetFields } from "../../job-fields/target-fields.tsx";
import { EarlierChecks } from "./earlier-checks.tsx";
import { ReviewStep } from "./review-step.tsx";
import { WhenStep } from "./when-step.tsx";
import type { WizardStep } from "./wizard-search.ts";

interface StepPanelsProps {
  readonly step: WizardStep;
  readonly ledger: RescanLedger | null;
  readonly entry: SignInEntry;
  readonly onEntry: (entry: SignInEntry) => void;
  readonly again: string | undefined;
  readonly onGo: (step: WizardStep) => void;
  readonly onDropRescan: () => void;
  readonly start: ReactNode;
}

/** The fields of all steps. Those of inactive steps stay mounted but hidden, so that their values are kept. */
export function StepPanels({ step, ledger, entry, onEntry, again, onGo, onDropRescan, start }: StepPanelsProps) {
  const session = useSession();
  const recent = useRecentTargets();
  return (
    <>
      <div hidden={step !== "target"}>
        <TargetFields isEmulator={session.upstream.emulator} recent={recent} onDropRescan={onDropRescan} />
      </div>
      <div hidden={step !== "signin"}>
        <SignInFields entry={entry} onEntry={onEntry} again={again} />
      </div>
      <div hidden={step !== "checks"}>
        {step === "checks" ? <EarlierChecks /> : null}
        <ChecksFields session={session} />
      </div>
      <div hidden={step !== "when"}>
        <WhenStep />
      </div>
      {step === "review" ? <ReviewStep ledger={ledger} onEdit={onGo} start={start} /> : null}
    </>
  );
}
