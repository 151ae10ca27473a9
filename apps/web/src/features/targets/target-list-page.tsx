import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Target, TargetList } from "@wsc-dashboard/wsc-core";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { useMay, useSession } from "../../api/session-query.ts";
import { targetsQuery } from "../../api/target-query.ts";
import { DemoLink } from "../../domain-ui/demo-link.tsx";
import { ReadingNotes } from "../../domain-ui/reading-notes.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { usePlanWords } from "../../messages/use-plan-words.ts";
import { useTargetDetailWords } from "../../messages/use-target-detail-words.ts";
import { Actions } from "../../ui/actions.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Counter } from "../../ui/counter.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle, useMediaQuery } from "../../ui/hooks.ts";
import { lazyDialog } from "../../ui/lazy-dialog.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Paging } from "../../ui/paging.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { type Selection, useSelection } from "../../ui/use-selection.ts";
import { useWholePrint } from "../../ui/use-whole-print.ts";
import { LazyViewMenu } from "../../views/lazy-view-menu.ts";
import { TargetBulkBar } from "./target-bulk-bar.tsx";
import { TargetFileActions } from "./target-file-actions.tsx";
import { TargetFilters } from "./target-filters.tsx";
import { readTargetSearch, searchTargets, type TargetSearch } from "./target-search.ts";
import { TargetBlocks, TargetTable } from "./target-table.tsx";

const route = getRouteApi("/targets");
/** Rows per page on screen; print has all of them. */
const pageSize = 100;

/** All scanned hosts: open findings, trend, and next actions. */
export function TargetListPage() {
  const messages = useMessages();
  const { targets: words, shell } = messages;
  const { number } = useFormats();
  const query = useQuery(targetsQuery);
  const isLate = useDelayed(query.isPending, 200);
  const { data } = query;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const openView = useCallback(
    (next: Readonly<Record<string, string>>) => void navigate({ search: readTargetSearch(next), replace: true }),
    [navigate],
  );
  const { page: _, sort: __, ...filters } = search;
  const selection = useSelection(data?.targets ?? [], ({ host }) => host, JSON.stringify(filters));
  const isSelecting = selection.chosen.length > 0;
  useDocumentTitle(words.title, shell.product);
  return (
    <>
      <PageHead isSelecting={isSelecting}>
        <h1 className="text-h1">
          {words.title}{" "}
          {data ? <Counter>{words.count(data.targets.length, number(data.targets.length))}</Counter> : null}
        </h1>
        {isSelecting ? (
          <TargetBulkBar selection={selection} />
        ) : (
          <Actions>
            <LazyViewMenu list="targets" search={search} onOpen={openView} />
            <TargetFileActions />
          </Actions>
        )}
      </PageHead>
      {data ? <Targets list={data} selection={selection} /> : null}
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

interface TargetsProps {
  readonly list: TargetList;
  readonly selection: Selection<Target>;
}

function Targets({ list, selection }: TargetsProps) {
  const { targets: words, jobs } = useMessages();
  const mayCreate = useMay("jobs.create");
  const { demoSite } = useSession().upstream;
  const search = route.useSearch();
  const { targets, reading } = list;
  if (targets.length === 0) {
    const isUnknown = reading.isOn && reading.listReadAt === null;
    return (
      <>
        <ReadingNotes reading={reading} />
        <EmptyState
          title={isUnknown ? words.readingTitle : words.emptyTitle}
          actions={
            mayCreate && !isUnknown ? (
              <>
                <Link className={buttonClass("primary")} to="/jobs/new">
                  {jobs.newJob}
                </Link>
                {demoSite === null ? null : <DemoLink />}
              </>
            ) : null
          }
        >
          <p>{isUnknown ? words.readingText : words.emptyText}</p>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <ReadingNotes reading={reading} />
      <FoundTargets targets={targets} search={search} selection={selection} />
      <Provenance list={list} />
    </>
  );
}

interface FoundTargetsProps {
  readonly targets: readonly Target[];
  readonly search: TargetSearch;
  readonly selection: Selection<Target>;
}

function FoundTargets({ targets, search, selection }: FoundTargetsProps) {
  const { targets: words } = useMessages();
  const { language } = useFormats();
  const isPrinting = useWholePrint();
  const isWide = useMediaQuery("(min-width: 48rem)") || isPrinting;
  // Typing stays responsive: the rows are a deferred update.
  const wanted = useDeferredValue(search);
  const found = useMemo(() => searchTargets(targets, wanted, language), [targets, wanted, language]);
  const pageCount = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.min(search.page ?? 1, pageCount);
  const rows = isPrinting ? found : found.slice((page - 1) * pageSize, page * pageSize);
  return (
    <>
      <TargetFilters search={search} targets={targets}>
        {found.length === 0 || selection.chosen.length > 0 ? null : (
          <PlanAction hosts={found.map(({ host }) => host)} />
        )}
      </TargetFilters>
      <FoundSummary found={found} total={targets.length} search={wanted} />
      {found.length === 0 ? (
        <EmptyState
          title={words.zeroTitle}
          actions={
            <Link className={buttonClass()} to="/targets" search={{}}>
              {words.clear}
            </Link>
          }
        />
      ) : isWide ? (
        <TargetTable targets={rows} search={search} selection={selection} />
      ) : (
        <TargetBlocks targets={rows} selection={selection} />
      )}
      <TargetPaging page={page} pageCount={pageCount} search={search} />
    </>
  );
}

const LazyPlanDialog = lazyDialog(async () => (await import("./plan-dialog.tsx")).PlanDialog);

/** Plans scans of the targets that match the filters. */
function PlanAction({ hosts }: { readonly hosts: readonly string[] }) {
  const words = usePlanWords();
  const mayPlan = useMay("plans.preview");
  const [isOpen, setOpen] = useState(false);
  if (!mayPlan) return null;
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {words.open}
      </Button>
      {isOpen ? <LazyPlanDialog hosts={hosts} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

interface FoundSummaryProps {
  readonly found: readonly Target[];
  readonly total: number;
  readonly search: TargetSearch;
}

/** Describes the filters when not everything is shown; also in print. */
function FoundSummary({ found, total, search: { q, show, tag, owner, service } }: FoundSummaryProps) {
  const details = useTargetDetailWords();
  const { targets: words } = useMessages();
  const { number } = useFormats();
  const filters = [
    ...(show === undefined ? [] : [words.signs[show]]),
    ...[
      [owner, details.noOwner],
      [service, details.noService],
      [tag, details.noTags],
    ].flatMap(([value, none]) => (value === undefined ? [] : [value === "" ? none : withVisibleControls(value)])),
    ...(q === undefined || q === "" ? [] : [`“${q}”`]),
  ];
  const sum = (of: (target: Target) => number): string => number(found.reduce((all, target) => all + of(target), 0));
  const findings =
    show === "new"
      ? words.newFindings(sum(({ month }) => month.new))
      : show === "fixed"
        ? words.fixedFindings(sum(({ month }) => month.fixed))
        : show === "high" || show === "medium" || show === "low"
          ? words.openFindings(sum(({ latest }) => latest?.open[show] ?? 0))
          : null;
  return (
    <p className="m-0 pb-2 text-text-2 empty:hidden" role="status">
      {filters.length === 0
        ? ""
        : [
            words.shown(number(found.length), number(total)),
            filters.join(" · "),
            ...(findings === null ? [] : [findings]),
          ].join(" · ")}
    </p>
  );
}

interface TargetPagingProps {
  readonly page: number;
  readonly pageCount: number;
  readonly search: TargetSearch;
}

function TargetPaging({ page, pageCount, search: { page: _, ...rest } }: TargetPagingProps) {
  const { jobs } = useMessages();
  const { number } = useFormats();
  return (
    <div className="print:hidden pt-3">
      <Paging
        page={page}
        pageCount={pageCount}
        labels={{
          pages: jobs.pages,
          previous: jobs.previousPage,
          next: jobs.nextPage,
          page: jobs.page,
        }}
        format={number}
        link={(n, props) => <Link to="/targets" search={n === 1 ? rest : { ...rest, page: n }} {...props} />}
      />
    </div>
  );
}

function Provenance({ list: { reading, asOf } }: { readonly list: TargetList }) {
  const { targets: words } = useMessages();
  const { zoned } = useFormats();
  return (
    <footer className="mt-10 border-t border-hairline pt-3 text-text-3">
      <p>{words.note}</p>
      <p>{words.asOf(zoned(asOf), reading.listReadAt === null ? "–" : zoned(reading.listReadAt))}</p>
    </footer>
  );
}
