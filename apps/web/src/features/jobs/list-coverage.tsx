import type { Reading } from "@wsc-dashboard/wsc-core";
import { Suspense } from "react";
import { ReadingNotes } from "../../domain-ui/reading-notes.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Notice } from "../../ui/notice.tsx";
import { isKeptView, type JobListView } from "./job-list-search.ts";

interface ListCoverageProps {
  readonly list: JobListView;
  readonly total: number | undefined;
  /** Progress of reading jobs in the background. */
  readonly reading: Reading | undefined;
}

/** Says which jobs a list of stored jobs covers, and what may be missing. */
export function ListCoverage({ list, total, reading }: ListCoverageProps) {
  const { jobs } = useMessages();
  const { number } = useFormats();
  if (!isKeptView(list) || total === undefined || reading === undefined) return null;
  return (
    <>
      <p className="m-0 pb-2 text-text-2">{jobs.coverage(number(total), number(reading.jobs))}</p>
      {reading.isOn && reading.listReadAt === null ? (
        <Notice as="p" tone="medium">
          {jobs.coverageUnread}
        </Notice>
      ) : null}
      <Suspense fallback={null}>
        <ReadingNotes reading={reading} />
      </Suspense>
    </>
  );
}

/** Which columns can be sorted, and which jobs lack the value that is sorted by. */
export function OrderNote({ list, reading }: Pick<ListCoverageProps, "list" | "reading">) {
  const { jobs } = useMessages();
  const { number } = useFormats();
  if (reading === undefined) return null;
  return (
    <footer className="mt-10 border-t border-hairline pt-3 text-text-3">
      <p>{isKeptView(list) ? jobs.orderOfKept : jobs.orderOfList(number(reading.jobs))}</p>
    </footer>
  );
}
