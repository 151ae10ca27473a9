import { useQuery, useQueryClient } from "@tanstack/react-query";
import { isSettled, type JobTab } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef, useState } from "react";
import { refreshJobs } from "../../api/job-queries.ts";
import { useSession } from "../../api/session-query.ts";
import { pendingSubmissionsQuery } from "../../api/submission-queries.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { ButtonPaging } from "../../ui/button-paging.tsx";
import { Counter } from "../../ui/counter.tsx";
import { useNow } from "../../ui/hooks.ts";
import { dismiss, readDismissed } from "./dismissed-submissions.ts";
import { PendingRow } from "./pending-row.tsx";
import { SubmissionDialog, type SubmissionDialogRequest } from "./submission-actions.tsx";

/** Open submissions in plain words, until each has become a job or its failure was dismissed. */
export function PendingSubmissions({ tab }: { readonly tab?: JobTab | undefined }) {
  const { jobs } = useMessages();
  const client = useQueryClient();
  const { number } = useFormats();
  const [wantedPage, setPage] = useState(1);
  const { data } = useQuery(pendingSubmissionsQuery(useSession().listPollMs, wantedPage, tab));
  const page = data?.page ?? 1;
  const pageCount = data?.pageCount ?? 1;
  // The last page has disappeared while it was shown.
  if (wantedPage > pageCount && page === wantedPage) setPage(pageCount);
  const now = useNow(1000);
  const [asked, setAsked] = useState<SubmissionDialogRequest | null>(null);
  const [dismissed, setDismissed] = useState(readDismissed);
  const open = useRef(new Set<string>());
  useEffect(() => {
    if (data === undefined) return;
    const still = new Set(data.submissions.filter(({ state }) => !isSettled(state)).map(({ id }) => id));
    // A submission that is no longer open may have become a job.
    if ([...open.current].some((id) => !still.has(id))) void refreshJobs(client);
    open.current = still;
  }, [data, client]);
  const shown = (data?.submissions ?? []).filter(({ id, state }) => !(isSettled(state) && dismissed.has(id)));
  return (
    <>
      {shown.length === 0 && pageCount === 1 ? null : (
        <section className="border-b border-hairline pt-2.5 pb-1" aria-labelledby="pending-title">
          <h2 id="pending-title" className="font-bold text-text-2">
            {jobs.pendingTitle} {pageCount > 1 ? <Counter>{jobs.count(number(data?.total ?? 0))}</Counter> : null}
          </h2>
          <ul>
            {shown.map((submission) => (
              <PendingRow
                key={submission.id}
                submission={submission}
                now={now}
                onAsk={setAsked}
                onDismiss={() => setDismissed(dismiss(submission.id))}
              />
            ))}
          </ul>
          <ButtonPaging page={page} pageCount={pageCount} label={jobs.pendingTitle} onPage={setPage} />
        </section>
      )}
      <SubmissionDialog asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}
