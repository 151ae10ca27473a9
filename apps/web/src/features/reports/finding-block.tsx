import type { Finding } from "@wsc-dashboard/wsc-core";
import { memo } from "react";
import { SeverityMark } from "../../domain-ui/severity-mark.tsx";
import { useMessages } from "../../messages/messages-context.tsx";
import { PlainText, withVisibleControls } from "../../ui/plain-text.tsx";
import { languageOfText } from "../../ui/text-language.ts";
import { VerdictPanel } from "../../verdicts/verdict-panel.tsx";
import { EvidenceView } from "./evidence-view.tsx";

/** What can be copied from a finding: its URL, or all of it for a ticket. */
export type FindingCopy = "url" | "markdown";

interface FindingBodyProps {
  readonly finding: Finding;
  readonly recommendation: string | null;
  readonly onCopy: (finding: Finding, what: FindingCopy) => void;
  /** Heading level. */
  readonly level: 3 | 4;
}

interface FindingBlockProps extends Omit<FindingBodyProps, "level"> {
  /** Adds a checkbox that selects the finding. */
  readonly picking?: { readonly isPicked: boolean; readonly onPick: (isPicked: boolean) => void };
  /** Whether links and shortcuts lead to it; false where the same finding is elsewhere on the page too. */
  readonly isLinkTarget?: boolean;
}

/** One finding. All of its content comes from a scanned site: rendered as text, unmodified and untranslated. */
export function FindingBlock({ isLinkTarget = true, picking, ...body }: FindingBlockProps) {
  const { report } = useMessages();
  const { number } = body.finding;
  const target = isLinkTarget ? { id: number, tabIndex: -1, "data-finding": number } : {};
  return (
    <article {...target} className="finding" aria-labelledby={`${number}-title`}>
      {picking === undefined ? null : (
        <input
          type="checkbox"
          className="finding-pick no-print"
          aria-label={report.selectFinding(number)}
          checked={picking.isPicked}
          onChange={({ target }) => picking.onPick(target.checked)}
        />
      )}
      <FindingBody {...body} level={4} />
    </article>
  );
}

/** The content of a finding, without a frame. */
export const FindingBody = memo(function FindingBody({ finding, recommendation, onCopy, level }: FindingBodyProps) {
  const Heading = `h${level}` as const;
  const Subheading = `h${level + 1}` as "h4" | "h5";
  const { report, shell } = useMessages();
  const { number, item, severity, method, url, parameter } = finding;
  return (
    <>
      <div className="finding-head">
        <Heading id={`${number}-title`} className="finding-title">
          <a className="finding-number figure" href={`#${number}`} translate="no">
            {number}
          </a>
          <SeverityMark severity={severity} />
          <PlainText text={item} />
        </Heading>
        <button
          type="button"
          className="finding-copy no-print"
          aria-label={shell.labelled(report.copyMarkdown, number)}
          onClick={() => onCopy(finding, "markdown")}
        >
          {report.copyMarkdown}
        </button>
      </div>
      <VerdictPanel finding={finding} />
      {url === null ? null : (
        <p className="finding-url">
          {method === null ? null : <PlainText text={method} className="method" />}
          <PlainText text={url} className="url" />
          <button type="button" className="finding-copy no-print" onClick={() => onCopy(finding, "url")}>
            {report.copyUrl}
          </button>
        </p>
      )}
      {parameter === null ? null : (
        <p className="finding-fact">
          <span className="muted">{report.parameter}</span> <PlainText text={parameter} className="mono strong" />
        </p>
      )}
      <EvidenceView finding={finding} />
      <OtherFields fields={finding.otherFields} Heading={Subheading} />
      {recommendation === null ? null : (
        <>
          <Subheading className="finding-label">{report.howToFix}</Subheading>
          <VendorProse text={recommendation} />
        </>
      )}
    </>
  );
});

interface OtherFieldsProps {
  readonly fields: Finding["otherFields"];
  readonly Heading: "h4" | "h5";
}

/** Further fields of the vendor's for a finding, under the vendor's names. */
function OtherFields({ fields, Heading }: OtherFieldsProps) {
  const { report } = useMessages();
  if (fields.length === 0) return null;
  return (
    <>
      <Heading className="finding-label">{report.otherFields}</Heading>
      <dl className="facts">
        {fields.map(({ name, value }) => (
          <div key={name} className="facts-row">
            <dt>
              <PlainText text={name} />
            </dt>
            <dd>
              <PlainText text={value} className="mono" />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Text by the vendor, which has one language, whatever the reader's is. */
export function VendorProse({ text }: { readonly text: string }) {
  return (
    <p className="prose" lang={languageOfText(text)} translate="no" dir="auto">
      {withVisibleControls(text)}
    </p>
  );
}
