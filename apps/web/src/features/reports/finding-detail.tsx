import type { Finding } from "@wsc-dashboard/wsc-core";
import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { type KeyboardEvent, type Ref, useEffect, useRef } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { iconButtonClass } from "../../ui/button.tsx";
import { FindingBody, type FindingCopy } from "./finding-block.tsx";

const icon = { size: 18, strokeWidth: 1.75, "aria-hidden": true } as const;

interface FindingDetailProps {
  readonly finding: Finding;
  readonly recommendation: string | null;
  /** Index among the shown findings, from 0; -1 when the filters hide it. */
  readonly place: number;
  readonly shown: number;
  readonly onCopy: (finding: Finding, what: FindingCopy) => void;
  /** Opens the next or previous finding. */
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
}

/** One finding of a long list in full, beside it or, on small screens, below it. */
export function FindingDetail(props: FindingDetailProps) {
  const { finding, recommendation, place, shown, onCopy, onStep, onClose } = props;
  const { report } = useMessages();
  const { number } = useFormats();
  const ref = useRef<HTMLElement>(null);
  // Opening a finding focuses it; stepping to the next keeps the focus on the button.
  useEffect(() => {
    const pane = ref.current;
    if (pane === null) return;
    pane.scrollTop = 0;
    if (!pane.contains(document.activeElement)) pane.focus({ preventScroll: true });
    pane.scrollIntoView({ block: "nearest" });
  }, [finding]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented) onClose();
  };
  return (
    <article
      ref={ref as Ref<HTMLElement>}
      className="min-w-0 scroll-mt-16 border-t-3 border-text pt-2 pb-4 lg:sticky lg:top-28 lg:max-h-[calc(100dvh-8rem)] lg:self-start lg:overflow-y-auto lg:overscroll-contain lg:ps-1 lg:pe-2 print:hidden"
      tabIndex={-1}
      data-finding-shown={finding.number}
      aria-labelledby={`${finding.number}-title`}
      onKeyDown={onKeyDown}
    >
      <div className="mb-2 flex items-center gap-1">
        <span className="text-text-3 tabular-nums">
          {place === -1 ? report.hiddenByFilters : report.position(number(place + 1), number(shown))}
        </span>
        <span className="flex-1" />
        <button
          type="button"
          className={iconButtonClass}
          aria-label={report.previousFinding}
          aria-disabled={place <= 0}
          data-previous-finding=""
          onClick={() => onStep(-1)}
        >
          <ChevronLeft {...icon} />
        </button>
        <button
          type="button"
          className={iconButtonClass}
          aria-label={report.nextFinding}
          aria-disabled={place === shown - 1}
          data-next-finding=""
          onClick={() => onStep(1)}
        >
          <ChevronRight {...icon} />
        </button>
        <button type="button" className={iconButtonClass} aria-label={report.closeFinding} onClick={onClose}>
          <X {...icon} />
        </button>
      </div>
      <FindingBody finding={finding} recommendation={recommendation} onCopy={onCopy} level={3} />
    </article>
  );
}
