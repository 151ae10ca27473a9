import type { Finding } from "@wsc-dashboard/wsc-core";
import { memo } from "react";
import { SeverityMark } from "../../domain-ui/severity-mark.tsx";
import { useMessages } from "../../messages/messages-context.tsx";
import { FactList, FactRow } from "../../ui/fact-list.tsx";
import { faintButtonClass } from "../../ui/faint-button.ts";
import { PlainText, withVisibleControls } from "../../ui/plain-text.tsx";
import { languageOfText } from "../../ui/text-language.ts";
import { VerdictPanel } from "../../verdicts/verdict-panel.tsx";
import { EvidenceView } from "./evidence-view.tsx";
import { findingLabelClass } from "./report-classes.ts";

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
    <article
      {...target}
      className="group/block scroll-mt-16 border-b border-hairline py-4 target:shadow-mark lg:scroll-mt-30 print:py-2.5"
      aria-labelledby={`${number}-title`}
    >
      {picking === undefined ? null : (
        <input
          type="checkbox"
          className="float-start mt-1 me-2.5 size-4.5 accent-accent print:hidden"
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
      <div className="break-inside-avoid">
        <div className="flex items-start justify-between gap-3">
          <Heading id={`${number}-title`} className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-h3">
            <a
              className="min-w-12 font-normal text-text-3 no-underline tabular-nums hover:text-accent-hover"
              href={`#${number}`}
              translate="no"
            >
              {number}
            </a>
            <SeverityMark severity={severity} />
            <PlainText text={item} />
          </Heading>
          <button
            type="button"
            className={faintButtonClass}
            aria-label={shell.labelled(report.copyMarkdown, number)}
            onClick={() => onCopy(finding, "markdown")}
          >
            {report.copyMarkdown}
          </button>
        </div>
        <VerdictPanel finding={finding} />
        {url === null ? null : (
          <p className="mt-1 flex flex-wrap items-center gap-x-2">
            {method === null ? null : <PlainText text={method} className="font-mono font-bold" />}
            <PlainText text={url} className="mono min-w-0" />
            <button type="button" className={faintButtonClass} onClick={() => onCopy(finding, "url")}>
              {report.copyUrl}
            </button>
          </p>
        )}
        {parameter === null ? null : (
          <p>
            <span className="text-text-3">{report.parameter}</span>{" "}
            <PlainText text={parameter} className="mono font-bold" />
          </p>
        )}
      </div>
      <EvidenceView finding={finding} />
      <OtherFields fields={finding.otherFields} Heading={Subheading} />
      {recommendation === null ? null : (
        <>
          <Subheading className={findingLabelClass}>{report.howToFix}</Subheading>
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
      <Heading className={findingLabelClass}>{report.otherFields}</Heading>
      <FactList>
        {fields.map(({ name, value }) => (
          <FactRow key={name}>
            <dt>
              <PlainText text={name} />
            </dt>
            <dd>
              <PlainText text={value} className="mono" />
            </dd>
          </FactRow>
        ))}
      </FactList>
    </>
  );
}

/** Text by the vendor, which has one language, whatever the reader's is. */
export function VendorProse({ text }: { readonly text: string }) {
  return (
    <p
      className="max-w-[72ch] text-prose print:max-w-none print:text-[10pt] print:leading-[1.6]"
      lang={languageOfText(text)}
      translate="no"
      dir="auto"
    >
      {withVisibleControls(text)}
    </p>
  );
}
