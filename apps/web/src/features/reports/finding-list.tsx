import { FindingGroupName } from "../../domain-ui/finding-group-name.tsx";
import type { FindingGroup, Grouping } from "../../domain-ui/finding-groups.ts";
import { useFormats } from "../../messages/messages-context.tsx";
import { FindingBlock } from "./finding-block.tsx";
import type { CopyFinding } from "./use-copy-finding.ts";

interface FindingListProps {
  readonly groups: readonly FindingGroup[];
  readonly grouping: Grouping;
  readonly advice: ReadonlyMap<string, string>;
  readonly onCopy: CopyFinding;
}

/** The findings of a short report in full, in groups. */
export function FindingList({ groups, grouping, advice, onCopy }: FindingListProps) {
  const { number } = useFormats();
  return groups.map(({ key, findings }) => (
    <section key={key} className="finding-group">
      <h3 className="h3 group-title">
        <FindingGroupName grouping={grouping} name={key} /> <span className="counter">{number(findings.length)}</span>
      </h3>
      {findings.map((finding) => (
        <FindingBlock
          key={finding.number}
          finding={finding}
          recommendation={advice.get(finding.item) ?? null}
          onCopy={onCopy}
        />
      ))}
    </section>
  ));
}
