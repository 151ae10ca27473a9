import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { draftQuery } from "../../api/draft-query.ts";
import { jobQuery } from "../../api/job-queries.ts";
import { useMay, useSession } from "../../api/session-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { ForbiddenPage } from "../../ui/forbidden-page.tsx";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { NewJobForm } from "./new-job-form.tsx";

const route = getRouteApi("/jobs/new");

export function NewJobPage() {
  const { create, shell, jobs } = useMessages();
  const { from, submission } = route.useSearch();
  const session = useSession();
  const client = useQueryClient();
  const mayCreate = useMay("jobs.create");
  const [forms, setForms] = useState(1);
  const earlier = useQuery({
    ...jobQuery(from ?? "", session.listPollMs),
    enabled: mayCreate && from !== undefined,
    refetchInterval: false,
  });
  // What is taken from an earlier job is not mixed with what was typed for another.
  const hasDraft = mayCreate && from === undefined && submission === undefined;
  const draft = useQuery({ ...draftQuery, enabled: hasDraft });
  useDocumentTitle(create.title, jobs.title, shell.product);
  if (!mayCreate) return <ForbiddenPage permission="jobs.create" />;
  if ((from !== undefined && earlier.isPending) || (hasDraft && draft.isPending)) {
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
      isFromMissing={from !== undefined && earlier.data === undefined}
      kept={(hasDraft && draft.data?.kept) || null}
      onStartOver={() => {
        client.setQueryData(draftQuery.queryKey, { kept: null });
        setForms(forms + 1);
      }}
    />
  );
}
