import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { jobQuery } from "../../api/job-queries.ts";
import { useMay, useSession } from "../../api/session-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { ForbiddenPage } from "../../ui/forbidden-page.tsx";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { NewJobForm } from "./new-job-form.tsx";

const route = getRouteApi("/jobs/new");

export function NewJobPage() {
  const { create, shell, jobs } = useMessages();
  const { from } = route.useSearch();
  const session = useSession();
  const mayCreate = useMay("jobs.create");
  const earlier = useQuery({
    ...jobQuery(from ?? "", session.listPollMs),
    enabled: mayCreate && from !== undefined,
    refetchInterval: false,
  });
  useDocumentTitle(create.title, jobs.title, shell.product);
  if (!mayCreate) return <ForbiddenPage permission="jobs.create" />;
  if (from !== undefined && earlier.isPending) {
    return (
      <>
        <h1 className="h1">{create.title}</h1>
        <p className="muted">{create.fromLoading}</p>
      </>
    );
  }
  // Another job to begin from is another form.
  return (
    <NewJobForm
      key={from ?? ""}
      from={from === undefined ? null : (earlier.data?.job ?? null)}
      isFromMissing={from !== undefined && earlier.data === undefined}
    />
  );
}
