import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { draftQuery } from "../../api/draft-query.ts";
import { jobQuery } from "../../api/job-queries.ts";
import { jobSettingsQuery, type SettingsOrigin } from "../../api/job-settings-query.ts";
import { useMay, useSession } from "../../api/session-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { ForbiddenPage } from "../../ui/forbidden-page.tsx";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { NewJobForm } from "./new-job-form.tsx";

const route = getRouteApi("/jobs/new");

function originOf(from: string | undefined, submission: string | undefined): SettingsOrigin | null {
  if (from !== undefined) return { kind: "job", instanceNo: from };
  return submission === undefined ? null : { kind: "submission", id: submission };
}

export function NewJobPage() {
  const { create, shell, jobs } = useMessages();
  const { from, submission } = route.useSearch();
  const session = useSession();
  const client = useQueryClient();
  const mayCreate = useMay("jobs.create");
  const [forms, setForms] = useState(1);
  // Of the page as it opened: a form that is sent from here goes on with what it holds.
  const [arrivedAt, setArrivedAt] = useState(submission);
  const origin = mayCreate ? originOf(from, arrivedAt) : null;
  const earlier = useQuery({
    ...jobQuery(from ?? "", session.listPollMs),
    enabled: mayCreate && from !== undefined,
    refetchInterval: false,
  });
  const settings = useQuery(jobSettingsQuery(origin));
  // What is taken from elsewhere is not mixed with what was typed for another job.
  const hasDraft = mayCreate && origin === null;
  const draft = useQuery({ ...draftQuery, enabled: hasDraft });
  useDocumentTitle(create.title, jobs.title, shell.product);
  if (!mayCreate) return <ForbiddenPage permission="jobs.create" />;
  const isPending = origin === null ? draft.isPending : settings.isPending || (from !== undefined && earlier.isPending);
  if (isPending) {
    return (
      <>
        <h1 className="h1">{create.title}</h1>
        <p className="muted">{from === undefined ? shell.loading : create.fromLoading}</p>
      </>
    );
  }
  // Another job to begin from is another form, and so is one that was begun again.
  return (
    <NewJobForm
      key={`${from ?? ""} ${forms}`}
      from={from === undefined ? null : (earlier.data?.job ?? null)}
      ledger={earlier.data?.rescan ?? null}
      isFromMissing={from !== undefined && earlier.data === undefined && settings.data === undefined}
      settings={settings.data ?? null}
      kept={(hasDraft && draft.data?.kept) || null}
      onStartOver={() => {
        client.setQueryData(draftQuery.queryKey, { kept: null });
        setArrivedAt(undefined);
        setForms(forms + 1);
      }}
    />
  );
}
