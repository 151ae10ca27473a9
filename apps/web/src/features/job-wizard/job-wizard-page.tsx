import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { draftQuery } from "../../api/draft-query.ts";
import { jobQuery } from "../../api/job-queries.ts";
import { jobSettingsQuery, type SettingsOrigin } from "../../api/job-settings-query.ts";
import { useMay, useSession } from "../../api/session-query.ts";
import { ForbiddenPage } from "../../domain-ui/forbidden-page.tsx";
import { useMessages } from "../../messages/messages-context.tsx";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { JobWizard } from "./job-wizard.tsx";
import type { WizardSearch } from "./wizard-search.ts";

const route = getRouteApi("/jobs/new");

/** A submission takes precedence over the job it was prefilled from: the person may have changed everything. */
function originOf({ from, submission }: WizardSearch): SettingsOrigin | null {
  if (submission !== undefined) return { kind: "submission", id: submission };
  return from === undefined ? null : { kind: "job", instanceNo: from };
}

export function JobWizardPage() {
  const { create, shell, jobs } = useMessages();
  const { from, submission } = route.useSearch();
  const session = useSession();
  const client = useQueryClient();
  const mayCreate = useMay("jobs.create");
  const [forms, setForms] = useState(1);
  // The search when the page opened: a form that is sent from here keeps its own values.
  const begunFrom = from === undefined ? {} : { from };
  const [arrived, setArrived] = useState<WizardSearch>(
    submission === undefined ? begunFrom : { ...begunFrom, submission },
  );
  const origin = mayCreate ? originOf(arrived.from === from ? arrived : begunFrom) : null;
  const earlier = useQuery({
    ...jobQuery(from ?? "", session.listPollMs),
    enabled: mayCreate && from !== undefined,
    refetchInterval: false,
  });
  const settings = useQuery(jobSettingsQuery(origin));
  // Prefilled values are not mixed with a draft for another job.
  const hasDraft = mayCreate && origin === null;
  const draft = useQuery({ ...draftQuery, enabled: hasDraft });
  useDocumentTitle(create.title, jobs.title, shell.product);
  if (!mayCreate) return <ForbiddenPage permission="jobs.create" />;
  const isPending = origin === null ? draft.isPending : settings.isPending || (from !== undefined && earlier.isPending);
  if (isPending) {
    return (
      <>
        <h1 className="text-h1">{create.title}</h1>
        <p className="text-text-3">{from === undefined ? shell.loading : create.fromLoading}</p>
      </>
    );
  }
  // Another source job, or starting over, mounts a new form.
  return (
    <JobWizard
      key={`${from ?? ""} ${forms}`}
      from={(origin?.kind === "job" && earlier.data?.job) || null}
      ledger={earlier.data?.rescan ?? null}
      isFromMissing={from !== undefined && earlier.data === undefined && settings.data === undefined}
      settings={settings.data ?? null}
      kept={(hasDraft && draft.data?.kept) || null}
      onStartOver={() => {
        client.setQueryData(draftQuery.queryKey, { kept: null });
        setArrived(begunFrom);
        setForms(forms + 1);
      }}
    />
  );
}
