import type { Finding } from "@wsc-dashboard/wsc-core";
import { FileText, Link2 } from "lucide-react";
import { useMessages } from "../../messages/messages-context.tsx";
import { useCopy } from "../../ui/copy-button.tsx";
import { findingMarkdown } from "./finding-markdown.ts";

interface FindingLinksProps {
  readonly finding: Finding;
  readonly recommendation: string | null;
}

/** The address of one finding without filters: whoever opens it sees that finding. */
function findingLink(number: string): string {
  return `${location.origin}${location.pathname}#${number}`;
}

/** Takes one finding elsewhere: as a link, or whole, for a ticket. */
export function FindingLinks({ finding, recommendation }: FindingLinksProps) {
  const messages = useMessages();
  const { report } = messages;
  const copy = useCopy();
  const { number } = finding;
  return (
    <span className="finding-links no-print">
      <a className="icon-button" href={`#${number}`} aria-label={report.linkTo(number)}>
        <Link2 size={14} strokeWidth={1.75} aria-hidden="true" />
      </a>
      <button
        type="button"
        className="icon-button"
        aria-label={report.copyMarkdown(number)}
        onClick={() => void copy(findingMarkdown(messages, { finding, recommendation, link: findingLink(number) }))}
      >
        <FileText size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </span>
  );
}
