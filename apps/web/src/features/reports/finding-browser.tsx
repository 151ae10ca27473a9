import { getRouteApi } from "@tanstack/react-router";
import type { FindingChanges, Report } from "@wsc-dashboard/wsc-core";
import { useCallback, useMemo } from "react";
import type { FindingGroup, Grouping } from "../../domain-ui/finding-groups.ts";
import { FindingDetail } from "./finding-detail.tsx";
import { FindingTable } from "./finding-table.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import type { CopyFinding } from "./use-copy-finding.ts";
import { useFindingSelection } from "./use-finding-selection.ts";

const route = getRouteApi("/jobs/$instanceNo/report");

interface FindingBrowserProps {
  readonly report: Report;
  readonly groups: readonly FindingGroup[];
  readonly grouping: Grouping;
  /** Whether the report has findings of several hosts. */
  readonly hasHosts: boolean;
  readonly changes: FindingChanges;
  readonly base: string | undefined;
  /** The fragment of the address: a finding number, or something else. */
  readonly current: string;
  readonly advice: ReadonlyMap<string, string>;
  readonly onCopy: CopyFinding;
}

/** The findings of a long report: a list of rows, with one finding in full beside or below it. */
export function FindingBrowser(props: FindingBrowserProps) {
  const { report, groups, grouping, hasHosts, changes, current, advice, onCopy } = props;
  const { findings } = report;
  const open = useOpenFinding(current !== "");
  const ordered = useMemo(() => groups.flatMap((group) => group.findings), [groups]);
  const byNumber = useMemo(() => new Map(findings.map((finding) => [finding.number, finding])), [findings]);
  const places = useMemo(() => new Map(ordered.map(({ number }, place) => [number, place])), [ordered]);
  const selection = useFindingSelection(ordered, places);
  const shownFinding = byNumber.get(current);
  const place = places.get(current) ?? -1;
  return (
    <div
      className={`grid gap-x-6 gap-y-3 print:in-data-[print-blocks=true]:hidden ${shownFinding === undefined ? "" : "lg:grid-cols-[minmax(0,1.15fr)_minmax(22rem,1fr)]"}`}
    >
      <div className="min-w-0">
        <SelectionBar report={report} selection={selection} shown={ordered} byNumber={byNumber} onCopy={onCopy} />
        <FindingTable
          groups={groups}
          grouping={grouping}
          changes={changes}
          hasHosts={hasHosts}
          current={shownFinding?.number ?? ""}
          onOpen={open}
          selected={selection.selected}
          onSelect={selection.onSelect}
        />
      </div>
      {shownFinding === undefined ? null : (
        <FindingDetail
          finding={shownFinding}
          recommendation={advice.get(shownFinding.item) ?? null}
          place={place}
          shown={ordered.length}
          onCopy={onCopy}
          onStep={(by) => {
            const next = ordered[place + by];
            if (next !== undefined) open(next.number);
          }}
          onClose={() => {
            open("");
            focusRow(shownFinding.number);
          }}
        />
      )}
    </div>
  );
}

/** Puts a finding into the address or removes it. Opening the first one adds a history entry, so that "back" closes it. */
function useOpenFinding(isOpen: boolean): (number: string) => void {
  const navigate = route.useNavigate();
  return useCallback(
    (number) =>
      void navigate({
        search: (now) => now,
        hash: number,
        replace: isOpen,
        resetScroll: false,
        hashScrollIntoView: false,
      }),
    [navigate, isOpen],
  );
}

function focusRow(number: string): void {
  document.getElementById(number)?.querySelector<HTMLElement>("[data-finding]")?.focus();
}
