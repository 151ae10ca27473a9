import type { Finding } from "@wsc-dashboard/wsc-core";
import { memo } from "react";
import { useMessages } from "../../messages/messages-context.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { PlainText, withVisibleControls } from "../../ui/plain-text.tsx";
import { SeverityMark } from "../../ui/severity-mark.tsx";
import { languageOfText } from "../../ui/text-language.ts";
import { EvidenceView } from "./evidence-view.tsx";
import { FindingLinks } from "./finding-links.tsx";

interface FindingBlockProps {
  readonly finding: Finding;
  readonly recommendation: string | null;
  readonly isHidden: boolean;
}

/** One finding. Everything in it comes from a scanned site and is shown as text, untouched and untranslated. */
export const FindingBlock = memo(function FindingBlock({ finding, recommendation, isHidden }: FindingBlockProps) {
  const { report } = useMessages();
  const { number, item, severity, method, url, parameter, otherFields } = finding;
  return (
    <article
      id={number}
      className="finding"
      hidden={isHidden}
      tabIndex={-1}
      data-finding=""
      aria-labelledby={`${number}-title`}
    >
      <div className="finding-head">
        <h4 id={`${number}-title`} className="finding-title">
          <span className="finding-number figure" translate="no">
            {number}
          </span>
          <SeverityMark severity={severity} />
          <PlainText text={item} />
        </h4>
        <FindingLinks finding={finding} recommendation={recommendation} />
      </div>
      {url === null ? null : (
        <p className="finding-url">
          {method === null ? null : <PlainText text={method} className="method" />}
          <PlainText text={url} className="url" />
          <CopyButton text={url} label={report.copyUrl} />
        </p>
      )}
      {parameter === null ? null : (
        <p className="finding-fact">
          <span className="muted">{report.parameter}</span> <PlainText text={parameter} className="mono strong" />
        </p>
      )}
      <EvidenceView finding={finding} />
      {otherFields.length === 0 ? null : (
        <>
          <h5 className="finding-label">{report.otherFields}</h5>
          <dl className="facts">
            {otherFields.map(({ name, value }) => (
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
      )}
      {recommendation === null ? null : (
        <>
          <h5 className="finding-label">{report.howToFix}</h5>
          <VendorProse text={recommendation} />
        </>
      )}
    </article>
  );
});

/** The vendor writes in one language, whatever the reader's is. */
export function VendorProse({ text }: { readonly text: string }) {
  return (
    <p className="prose" lang={languageOfText(text)} translate="no" dir="auto">
      {withVisibleControls(text)}
    </p>
  );
}
