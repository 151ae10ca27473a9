import { useEffect, useMemo, useState } from "react";
import type { FindingGroup } from "../../domain-ui/finding-groups.ts";
import { FindingBlock } from "./finding-block.tsx";
import type { CopyFinding } from "./use-copy-finding.ts";

/** Findings rendered per frame. */
const stepLength = 25;

interface PrintedFindingsProps {
  readonly groups: readonly FindingGroup[];
  readonly advice: ReadonlyMap<string, string>;
  readonly onCopy: CopyFinding;
  /** Called when all are rendered. */
  readonly onReady: () => void;
}

/** The findings of a long report in full, for print only. They are rendered in steps before the print dialog opens. */
export function PrintedFindings({ groups, advice, onCopy, onReady }: PrintedFindingsProps) {
  const findings = useMemo(() => groups.flatMap((group) => group.findings), [groups]);
  const [count, setCount] = useState(stepLength);
  const isComplete = count >= findings.length;
  useEffect(() => {
    if (isComplete) {
      onReady();
      return;
    }
    const frame = requestAnimationFrame(() => setCount(count + stepLength));
    return () => cancelAnimationFrame(frame);
  }, [count, isComplete, onReady]);
  return (
    <div className="hidden print:block" data-printed-findings="">
      {findings.slice(0, count).map((finding) => (
        <FindingBlock
          key={finding.number}
          finding={finding}
          recommendation={advice.get(finding.item) ?? null}
          onCopy={onCopy}
          isLinkTarget={false}
        />
      ))}
    </div>
  );
}
