import type { Report } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../../messages/messages-context.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";

export function Unrecognised({ fields }: { readonly fields: Report["unrecognised"] }) {
  const { report } = useMessages();
  if (Object.keys(fields).length === 0) return null;
  return (
    <section aria-labelledby="unrecognised-title">
      <h2 id="unrecognised-title" className="h2 section-title">
        {report.unrecognised}
      </h2>
      <p className="hint">{report.unrecognisedText}</p>
      <pre className="evidence evidence-neutral" translate="no" dir="ltr">
        {withVisibleControls(JSON.stringify(fields, null, 2))}
      </pre>
    </section>
  );
}
