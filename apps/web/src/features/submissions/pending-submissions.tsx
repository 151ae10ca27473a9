import { useQuery, useQueryClient } from "@tanstack/react-query";
import { isSettled } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef, useState } from "react";
import { refreshJobs } from "../../api/job-queries.ts";
import { useSession } from "../../api/session-query.ts";
import { submissionsQuery } from "../../api/submission-queries.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useNow } from "../../ui/hooks.ts";
import { dismiss, readDismissed } from "./dismissed-submissions.ts";
import { PendingRow } from "./pending-row.tsx";
import { SubmissionDialog, type SubmissionDialogRequest } from "./submission-actions.tsx";
import { SubmissionNotices } from "./submission-notices.tsx";
import { inOrder } from "./submission-order.ts";

/** What is reserved or on its way to becoming a job, in plain words, until it has become one or has failed and was read. */
export function PendingSubmissions() {
  const { jobs } = useMessages();
  const client = useQueryClient();
  const { data } = useQuery(submissionsQuery(useSession().listPollMs));
  const now = useNow(1000);
  const [asked, setAsked] = useState<SubmissionDialogRequest | null>(null);
  const [dismissed, setDismissed] = useState(readDismissed);
  const open = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, state } of data?.submissions ?? []) {
      if (!isSettled(state)) open.current.add(id);
      else if (open.current.delete(id) && state === "BOUND") void refreshJobs(client);
    }
  }, [data, client]);
  const shown = inOrder(
    (data?.submissions ?? []).filter(
      ({ id, state }) => state !== "BOUND" && state !== "CANCELLED" && !(isSettled(state) && dismissed.has(id)),
    ),
  );
  return (
    <>
      <SubmissionNotices />
      {shown.length === 0 ? null : (
        <section className="pending" aria-labelledby="pending-title">
          <h2 id="pending-title" className="pending-title">
            {jobs.pendingTitle}
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
        </section>
      )}
      <SubmissionDialog asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}
