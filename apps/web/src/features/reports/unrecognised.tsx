import type { Report } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../../messages/messages-context.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { evidenceClass } from "./report-classes.ts";

export function Unrecognised({ fields }: { readonly fields: Report["unrecognised"] }) {
  const { report } = useMessages();
  if (Object.keys(fields).length === 0) return null;
  return (
    <section aria-labelledby="unrecognised-title">
      <h2 id="unrecognised-title" className="text-h2 mt-9 mb-2">
        {report.unrecognised}
      </h2>
      <p className="max-w-168 text-text-2">{report.unrecognisedText}</p>
      <pre className={`${evidenceClass} border-neutral`} translate="no" dir="ltr">
        {withVisibleControls(JSON.stringify(fields, null, 2))}
      </pre>
    </section>
  );
}
