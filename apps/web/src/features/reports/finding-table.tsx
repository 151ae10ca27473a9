import type { Finding, FindingChanges } from "@wsc-dashboard/wsc-core";
import { memo, type RefObject, startTransition, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { FindingGroupName } from "../../domain-ui/finding-group-name.tsx";
import type { FindingGroup, Grouping } from "../../domain-ui/finding-groups.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useVerdictWords } from "../../messages/verdict-words.ts";
import { Counter } from "../../ui/counter.tsx";
import { runInSteps } from "../../ui/run-in-steps.ts";
import { useReportVerdicts } from "../../verdicts/verdict-context.tsx";
import { createRowFactory } from "./finding-row.ts";
import { createRowQueue, type RowPart, type RowQueue } from "./row-queue.ts";

interface FindingTableProps {
  readonly groups: readonly FindingGroup[];
  readonly grouping: Grouping;
  readonly changes: FindingChanges;
  readonly hasHosts: boolean;
  /** The number of the open finding, if any. */
  readonly current: string;
  readonly onOpen: (number: string) => void;
  readonly selected: ReadonlySet<string>;
  /** A checkbox was pressed; `isRange`: the range since the last one is selected too. */
  readonly onSelect: (number: string, isChosen: boolean, isRange: boolean) => void;
}

/** A table by ARIA roles: the browser cannot skip layout for parts of a `<tbody>`. */
const roles = {
  rowgroup: { role: "rowgroup" },
  row: { role: "row" },
  rowheader: { role: "rowheader" },
  columnheader: { role: "columnheader" },
} as const;
const tableNamed = (name: string) => ({ role: "table", "aria-label": name });
/** A cell that spans all columns. */
const wholeRow = { ...roles.rowheader, "aria-colspan": 8 };

/** Rows per part; the browser skips layout of a part until it comes near the viewport. */
const partLength = 50;
/** Rows of a group's first part, about a screen: the page creates the first one of all at once. */
const firstPartLength = 20;

/** One row for each finding, for reports with too many to show in full. */
export const FindingTable = memo(function FindingTable(props: FindingTableProps) {
  const { groups, grouping, changes, hasHosts, current, onOpen, selected, onSelect } = props;
  const { report } = useMessages();
  const words = useVerdictWords();
  const scroller = useRef<HTMLDivElement>(null);
  const queue = useRowQueue(scroller, { groups, changes, hasHosts, current, selected });
  useRowEvents(scroller, { onOpen, onSelect });
  useEffect(() => markCurrent(current, queue), [current, queue]);
  useCheckedBoxes(selected);
  const shown = useShownGroups(groups, queue);
  const columns = [
    report.listNumber,
    report.risk,
    report.item,
    report.path,
    report.parameter,
    report.change,
    words.verdict,
  ];
  return (
    <div ref={scroller} className="finding-scroller">
      <div {...tableNamed(report.findings)} className="finding-table">
        <div {...roles.rowgroup} className="finding-head-row">
          <div {...roles.row} className="finding-row">
            <span {...roles.columnheader}>
              <span className="sr-only">{report.selection}</span>
            </span>
            {columns.map((name) => (
              <span key={name} {...roles.columnheader}>
                {name}
              </span>
            ))}
          </div>
        </div>
        {shown.map(({ key, findings }, groupIndex) => (
          <FindingTableGroup
            key={key}
            grouping={grouping}
            name={key}
            findings={findings}
            queue={queue}
            isFirst={groupIndex === 0}
          />
        ))}
      </div>
    </div>
  );
});

interface RowState {
  readonly groups: readonly FindingGroup[];
  readonly changes: FindingChanges;
  readonly hasHosts: boolean;
  readonly current: string;
  readonly selected: ReadonlySet<string>;
}

/**
 * A queue that creates rows with the page's texts. Rows have the state of their creation; later only changes and verdicts are
 * updated in them. It exists before the list is in the page, so that the first rows come with the list.
 */
function useRowQueue(scroller: RefObject<HTMLElement | null>, state: RowState): RowQueue {
  const messages = useMessages();
  const verdictWords = useVerdictWords();
  const verdicts = useReportVerdicts();
  const { changes, hasHosts } = state;
  const latest = useRef({ ...state, verdicts });
  latest.current = { ...state, verdicts };
  const queue = useMemo(() => {
    const factory = createRowFactory({
      words: messages,
      hasHosts,
      changeOf: (number) => latest.current.changes.get(number),
      verdictOf: (fingerprint) => {
        const kept = latest.current.verdicts?.of(fingerprint);
        if (kept === undefined) return "";
        // For a reopened finding the cause is shown; for a fixed one the details are with the finding.
        const { state, cause } = kept;
        if (cause === "came-back" || cause === "acceptance-ended") return verdictWords.causes[cause];
        return verdictWords.states[state];
      },
      isSelected: (number) => latest.current.selected.has(number),
      isCurrent: (number) => latest.current.current === number,
    });
    return createRowQueue(factory);
  }, [messages, verdictWords, hasHosts]);
  useLayoutEffect(() => {
    if (scroller.current === null) return;
    queue.attach(scroller.current);
    addEventListener("beforeprint", queue.fillAll);
    return () => {
      removeEventListener("beforeprint", queue.fillAll);
      queue.stop();
    };
  }, [scroller, queue]);
  const isAnyKnown = changes.size > 0 || (verdicts?.isAny ?? false);
  useRowUpdates(queue, latest, isAnyKnown, [changes, verdicts]);
  return queue;
}

/** The groups to show: after a change still the previous ones, until the rows that go have been removed in steps. */
function useShownGroups(groups: readonly FindingGroup[], queue: RowQueue): readonly FindingGroup[] {
  const [shown, setShown] = useState(groups);
  useEffect(() => {
    if (groups === shown) return;
    const show = (): void => startTransition(() => setShown(groups));
    const kept = new Set(groups.flatMap(partsOfGroup).map(({ key }) => key));
    return queue.empty((key) => kept.has(key), show);
  }, [groups, shown, queue]);
  return shown;
}

/** Updates the rows when what is known about the findings changes. With nothing known, rows stay as created. */
function useRowUpdates(
  queue: RowQueue,
  latest: RefObject<Pick<RowState, "groups">>,
  isAnyKnown: boolean,
  known: readonly unknown[],
): void {
  const wasAnyKnown = useRef(false);
  useEffect(() => {
    if (!isAnyKnown && !wasAnyKnown.current) return;
    wasAnyKnown.current = isAnyKnown;
    return runInSteps(
      latest.current.groups.flatMap(({ findings }) => findings),
      queue.update,
    );
  }, [queue, isAnyKnown, ...known]);
}

interface RowEvents {
  readonly onOpen: (number: string) => void;
  readonly onSelect: (number: string, isChosen: boolean, isRange: boolean) => void;
}

/** One listener for all rows (event delegation). */
function useRowEvents(scroller: RefObject<HTMLElement | null>, { onOpen, onSelect }: RowEvents): void {
  useEffect(() => {
    const element = scroller.current;
    const onClick = (event: MouseEvent): void => {
      if (!(event.target instanceof Element)) return;
      const number = event.target.closest(".finding-row")?.id ?? "";
      if (number === "") return;
      if (event.target instanceof HTMLInputElement) {
        onSelect(number, event.target.checked, event.shiftKey);
        return;
      }
      // The person opens a new tab, or selects text.
      if (event.ctrlKey || event.metaKey || event.shiftKey || getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      onOpen(number);
    };
    element?.addEventListener("click", onClick);
    return () => element?.removeEventListener("click", onClick);
  }, [scroller, onOpen, onSelect]);
}

/** Marks the row of the open finding. */
function markCurrent(current: string, queue: RowQueue): (() => void) | undefined {
  if (current === "") return;
  queue.fillPartOf(current);
  const row = document.getElementById(current);
  const link = row?.querySelector("[data-finding]");
  link?.setAttribute("aria-current", "true");
  row?.scrollIntoView({ block: "nearest" });
  return () => link?.removeAttribute("aria-current");
}

/** Updates checkboxes when the selection was changed elsewhere, such as by "select all". */
function useCheckedBoxes(selected: ReadonlySet<string>): void {
  const before = useRef(selected);
  useEffect(() => {
    const check = (numbers: ReadonlySet<string>, others: ReadonlySet<string>, isChosen: boolean): void => {
      for (const number of numbers) {
        if (others.has(number)) continue;
        const box = document.getElementById(number)?.querySelector<HTMLInputElement>("[data-select]");
        if (box) box.checked = isChosen;
      }
    };
    check(before.current, selected, false);
    check(selected, before.current, true);
    before.current = selected;
  }, [selected]);
}

interface FindingTableGroupProps {
  readonly grouping: Grouping;
  readonly name: string;
  readonly findings: readonly Finding[];
  readonly queue: RowQueue;
  readonly isFirst: boolean;
}

function FindingTableGroup({ grouping, name, findings, queue, isFirst }: FindingTableGroupProps) {
  const { number } = useFormats();
  const parts = useMemo(() => partsOfGroup({ key: name, findings }), [name, findings]);
  return (
    <>
      <div {...roles.rowgroup}>
        <div {...roles.row} className="finding-group-row">
          <span {...wholeRow}>
            <FindingGroupName grouping={grouping} name={name} /> <Counter>{number(findings.length)}</Counter>
          </span>
        </div>
      </div>
      {parts.map((part, index) => (
        <FindingPart key={part.key} part={part} queue={queue} isUrgent={isFirst && index === 0} />
      ))}
    </>
  );
}

/** Splits a group into parts; the last one may be shorter. */
function partsOfGroup({ key, findings }: FindingGroup): readonly RowPart[] {
  const count = 1 + Math.ceil(Math.max(0, findings.length - firstPartLength) / partLength);
  return Array.from({ length: count }, (_, index) => {
    const end = firstPartLength + index * partLength;
    const part = findings.slice(index === 0 ? 0 : end - partLength, end);
    return { key: `${key} ${part[0]?.number}`, findings: part };
  });
}

interface FindingPartProps {
  readonly part: RowPart;
  readonly queue: RowQueue;
  readonly isUrgent: boolean;
}

const isSamePart = (before: FindingPartProps, after: FindingPartProps): boolean =>
  before.queue === after.queue &&
  before.part.findings.length === after.part.findings.length &&
  before.part.findings.every((finding, index) => finding === after.part.findings[index]);

const FindingPart = memo(function FindingPart({ part, queue, isUrgent }: FindingPartProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(
    () => (ref.current === null ? undefined : queue.place(ref.current, part, isUrgent)),
    [part, queue, isUrgent],
  );
  return (
    <div
      ref={ref}
      {...roles.rowgroup}
      className="finding-part"
      style={{ "--rows": part.findings.length } as Record<string, number>}
    />
  );
}, isSamePart);
