import type { Finding } from "@wsc-dashboard/wsc-core";
import { useCallback } from "react";
import { useMessages } from "../../messages/messages-context.tsx";
import { useCopy } from "../../ui/copy-button.tsx";
import type { FindingCopy } from "./finding-block.tsx";
import { findingMarkdown } from "./finding-markdown.ts";

export type CopyFinding = (findings: Finding | readonly Finding[], what: FindingCopy) => void;

/** The URL of one finding without filters, so that it always shows that finding. */
const linkOf = (number: string): string => `${location.origin}${location.pathname}#${number}`;

/** Copies one finding, or several for one ticket, to the clipboard. */
export function useCopyFinding(advice: ReadonlyMap<string, string>): CopyFinding {
  const messages = useMessages();
  const copy = useCopy();
  return useCallback(
    (findings, what) => {
      const all: readonly Finding[] = "number" in findings ? [findings] : findings;
      const markdown = (finding: Finding): string => {
        const recommendation = advice.get(finding.item) ?? null;
        return findingMarkdown(messages, { finding, recommendation, link: linkOf(finding.number) });
      };
      void copy(all.map((finding) => (what === "url" ? (finding.url ?? "") : markdown(finding))).join("\n"));
    },
    [messages, advice, copy],
  );
}
