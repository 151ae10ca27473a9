import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Overview } from "@wsc-dashboard/wsc-core";
import { Printer } from "lucide-react";
import { overviewQuery } from "../../api/overview-query.ts";
import { useMay, useSession } from "../../api/session-query.ts";
import { DemoLink, DemoOffer } from "../../domain-ui/demo-link.tsx";
import { HelpLink } from "../../domain-ui/help-link.tsx";
import { ReadingNotes } from "../../domain-ui/reading-notes.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useMonthlyWords } from "../../messages/use-monthly-words.ts";
import { Actions } from "../../ui/actions.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { PageHead } from "../../ui/page-head.tsx";
import { Attention } from "./attention.tsx";
import { Course } from "./course.tsx";
import { OpenFigures } from "./open-figures.tsx";
import { RunningJobs, UpcomingScans } from "./planned-work.tsx";
import { WorstTargets } from "./worst-targets.tsx";

/** The summary a lead reads and prints: what is open, the trend, and what needs attention. */
export function OverviewPage() {
  const messages = useMessages();
  const { overview: words, shell, jobs } = messages;
  const monthly = useMonthlyWords();
  const query = useQuery(overviewQuery);
  const mayCreate = useMay("jobs.create");
  const isLate = useDelayed(query.isPending, 200);
  const hasDemo = useSession().upstream.demoSite !== null && mayCreate;
  const { data } = query;
  const isEmpty = data !== undefined && data.targets === 0;
  useDocumentTitle(words.title, shell.product);
  return (
    <>
      <PageHead>
        <h1 className="text-h1">{words.title}</h1>
        <Actions>
          {data && !isEmpty ? (
            <Link className={buttonClass()} to="/reports/monthly" search={{}}>
              {monthly.open}
            </Link>
          ) : null}
          {data && !isEmpty ? (
            <Button onClick={() => window.print()}>
              <Printer size={16} strokeWidth={1.75} aria-hidden="true" />
              {words.print}
            </Button>
          ) : null}
          {mayCreate ? (
            <Link className={buttonClass(isEmpty ? "plain" : "primary")} to="/jobs/new">
              {jobs.newJob}
            </Link>
          ) : null}
        </Actions>
      </PageHead>
      {data && !isEmpty && hasDemo ? <DemoOffer /> : null}
      {data ? (
        isEmpty ? (
          <Empty overview={data} mayCreate={mayCreate} hasDemo={hasDemo} />
        ) : (
          <Sections overview={data} />
        )
      ) : null}
      {!data && query.isError ? (
        <ErrorNotice
          heading={words.failedTitle}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
          isAlert
        />
      ) : null}
      {isLate ? (
        <div aria-busy="true">
          <p className="text-text-3">{shell.loading}</p>
          <div className="mt-4 h-28 bg-sunken" aria-hidden="true" />
        </div>
      ) : null}
    </>
  );
}

interface EmptyProps {
  readonly overview: Overview;
  readonly mayCreate: boolean;
  readonly hasDemo: boolean;
}

/** A new installation: nothing to sum up, and one action to take. */
function Empty({ overview, mayCreate, hasDemo }: EmptyProps) {
  const { overview: words, targets, shell } = useMessages();
  const { reading } = overview;
  if (reading.isOn && reading.listReadAt === null) {
    return (
      <>
        <ReadingNotes reading={reading} />
        <EmptyState title={targets.readingTitle}>
          <p>{targets.readingText}</p>
        </EmptyState>
      </>
    );
  }
  if (!reading.isOn) {
    return (
      <EmptyState
        title={words.offTitle}
        actions={
          <Link className={buttonClass()} to="/jobs">
            {shell.toJobs}
          </Link>
        }
      >
        <p>{words.offText}</p>
      </EmptyState>
    );
  }
  return (
    <>
      <ReadingNotes reading={reading} />
      <EmptyState
        title={words.emptyTitle}
        actions={
          mayCreate ? (
            <>
              <Link className={buttonClass("primary")} to="/jobs/new">
                {words.firstScan}
              </Link>
              {hasDemo ? <DemoLink /> : null}
            </>
          ) : null
        }
      >
        <p>
          {mayCreate ? words.emptyText : words.emptyReader} <HelpLink topic="first-scan" about={words.firstScan} />
        </p>
      </EmptyState>
    </>
  );
}

function Sections({ overview }: { readonly overview: Overview }) {
  const { targets, overview: words } = useMessages();
  const { zoned } = useFormats();
  const { reading, asOf, zone } = overview;
  return (
    <>
      <ReadingNotes reading={reading} />
      <OpenFigures overview={overview} />
      <div className="grid gap-x-12 gap-y-8 border-t border-hairline pt-3 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-8">
          <Course overview={overview} />
          <WorstTargets overview={overview} />
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-8">
          <Attention overview={overview} />
          <RunningJobs overview={overview} />
          <UpcomingScans overview={overview} />
        </div>
      </div>
      <footer className="mt-10 border-t border-hairline pt-3 text-text-3">
        <p>{words.zoneNote(zone)}</p>
        <p>{targets.asOf(zoned(asOf), reading.listReadAt === null ? "–" : zoned(reading.listReadAt))}</p>
      </footer>
    </>
  );
}
