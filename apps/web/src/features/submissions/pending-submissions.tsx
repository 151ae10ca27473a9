import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { isSettled, type Submission, targetHostOf } from "@wsc-dashboard/wsc-core";
import { X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { refreshJobs } from "../../api/job-queries.ts";
import { useSession } from "../../api/session-query.ts";
import { submissionsQuery } from "../../api/submission-queries.ts";
import { errorTextOf } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { TargetText } from "../../ui/target-text.tsx";
import { dismiss, readDismissed } from "./dismissed-submissions.ts";

/** What is on its way to becoming a job, in plain words, until it has become one or has failed and was read. */
export function PendingSubmissions() {
  const { jobs } = useMessages();
  const client = useQueryClient();
  const { data } = useQuery(submissionsQuery(useSession().listPollMs));
  const [dismissed, setDismissed] = useState(readDismissed);
  const open = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, state } of data?.submissions ?? []) {
      if (!isSettled(state)) open.current.add(id);
      else if (open.current.delete(id) && state === "BOUND") void refreshJobs(client);
    }
  }, [data, client]);
  const shown = (data?.submissions ?? []).filter(
    ({ id, state }) => state !== "BOUND" && state !== "CANCELLED" && !dismissed.has(id),
  );
  if (shown.length === 0) return null;
  return (
    <section className="pending" aria-labelledby="pending-title">
      <h2 id="pending-title" className="pending-title">
        {jobs.pendingTitle}
      </h2>
      <ul>
        {shown.map((submission) => (
          <PendingRow
            key={submission.id}
            submission={submission}
            onDismiss={() => setDismissed(dismiss(submission.id))}
          />
        ))}
      </ul>
    </section>
  );
}

interface PendingRowProps {
  readonly submission: Submission;
  readonly onDismiss: () => void;
}

function PendingRow({ submission, onDismiss }: PendingRowProps) {
  const messages = useMessages();
  const { jobs, shell } = messages;
  const { id, state, startUrl, reason } = submission;
  const settled = isSettled(state);
  return (
    <li className="pending-row">
      <Link className="row-link" to="/jobs/new" search={{ submission: id }}>
        <TargetText url={startUrl} />
      </Link>
      <span className={settled ? "tone-high" : undefined}>
        {reason && (settled || state === "RETRY_WAIT")
          ? shell.labelled(jobs.submissionStates[state], errorTextOf(messages, reason.code).title)
          : jobs.submissionStates[state]}
      </span>
      {settled || state === "NEEDS_REVIEW" ? (
        <button
          type="button"
          className="icon-button"
          aria-label={jobs.pendingDismiss(targetHostOf(startUrl))}
          onClick={onDismiss}
        >
          <X size={16} strokeWidth={1.75} aria-hidden="true" />
        </button>
      ) : null}
    </li>
  );
}
