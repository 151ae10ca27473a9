/** What the viewer is measured against: the same rows as one React list, all at once, filtered by drawing it anew. */
import { type Report, type Severity, severities } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { FindingBlock } from "../src/features/reports/finding-block.tsx";
import { en } from "../src/messages/en.ts";
import { createFormats } from "../src/messages/formats.ts";
import { WordingContext } from "../src/messages/messages-context.tsx";
import "../src/styles/index.css";
import "./plain-list.css";

function PlainList({ findings, recommendations }: Report) {
  const [chosen, setChosen] = useState<readonly Severity[]>(severities);
  const advice = new Map(recommendations.map(({ item, text }) => [item, text]));
  const toggle = (severity: Severity): void =>
    setChosen(chosen.includes(severity) ? chosen.filter((one) => one !== severity) : [...chosen, severity]);
  return (
    <>
      {severities.map((severity) => (
        <input
          key={severity}
          type="checkbox"
          aria-label={en.report.severityName[severity]}
          checked={chosen.includes(severity)}
          onChange={() => toggle(severity)}
        />
      ))}
      {findings
        .filter(({ severity }) => severity !== null && chosen.includes(severity))
        .map((finding) => (
          <FindingBlock
            key={finding.number}
            finding={finding}
            recommendation={advice.get(finding.item) ?? null}
            onCopy={() => {}}
          />
        ))}
    </>
  );
}

const job = new URLSearchParams(location.search).get("job");
const answer = await fetch(`/api/jobs/${job}/report`, { headers: { "X-WSC-Request": "1" } });
const report: Report = await answer.json();
const root = document.getElementById("root");
const wording = { messages: en, formats: createFormats("en", "UTC", en.formatWords) };
if (root)
  createRoot(root).render(
    <WordingContext value={wording}>
      <PlainList {...report} />
    </WordingContext>,
  );
