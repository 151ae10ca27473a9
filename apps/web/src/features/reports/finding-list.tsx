import type { Report } from "@wsc-dashboard/wsc-core";
import { useMemo } from "react";
import { FindingGroupName } from "../../domain-ui/finding-group-name.tsx";
import type { FindingGroup, Grouping } from "../../domain-ui/finding-groups.ts";
import { useFormats } from "../../messages/messages-context.tsx";
import { Counter } from "../../ui/counter.tsx";
import { FindingBlock } from "./finding-block.tsx";
import { groupTitleClass } from "./report-classes.ts";
import { SelectionBar } from "./selection-bar.tsx";
import type { CopyFinding } from "./use-copy-finding.ts";
import { useFindingSelection } from "./use-finding-selection.ts";

interface FindingListProps {
  readonly report: Report;
  readonly groups: readonly FindingGroup[];
  readonly grouping: Grouping;
  readonly advice: ReadonlyMap<string, string>;
  readonly onCopy: CopyFinding;
}

/** The findings of a short report in full, in groups. */
export function FindingList({ report, groups, grouping, advice, onCopy }: FindingListProps) {
  const { number } = useFormats();
  const ordered = useMemo(() => groups.flatMap((group) => group.findings), [groups]);
  const places = useMemo(() => new Map(ordered.map((finding, place) => [finding.number, place])), [ordered]);
  const byNumber = useMemo(() => new Map(report.findings.map((finding) => [finding.number, finding])), [report]);
  const selection = useFindingSelection(ordered, places);
  const list = groups.map(({ key, findings }) => (
    <section key={key} className="[&+&]:mt-6">
      <h3 className={groupTitleClass}>
        <FindingGroupName grouping={grouping} name={key} /> <Counter>{number(findings.length)}</Counter>
      </h3>
      {findings.map((finding) => (
        <FindingBlock
          key={finding.number}
          finding={finding}
          recommendation={advice.get(finding.item) ?? null}
          onCopy={onCopy}
          picking={{
            isPicked: selection.selected.has(finding.number),
            onPick: (isPicked) => selection.onSelect(finding.number, isPicked, false),
          }}
        />
      ))}
    </section>
  ));
  return (
    <>
      {ordered.length < 2 ? null : (
        <SelectionBar report={report} selection={selection} shown={ordered} byNumber={byNumber} onCopy={onCopy} />
      )}
      {list}
    </>
  );
}
