import { Link } from "@tanstack/react-router";
import type { Report } from "@wsc-dashboard/wsc-core";
import { Download, Printer } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../api/session-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { ExportDialog } from "./export-dialog.tsx";

const icon = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

export function ReportActions({ report }: { readonly report: Report }) {
  const { report: words } = useMessages();
  const mayExport = useMay("reports.export");
  const mayCompare = useMay("compare.get");
  const [isExporting, setExporting] = useState(false);
  const { instanceNo } = report.job;
  return (
    <div className="actions no-print">
      <Link className={buttonClass()} to="/jobs/$instanceNo" params={{ instanceNo }}>
        {words.toJob}
      </Link>
      {mayCompare ? (
        <Link className={buttonClass()} to="/compare" search={{ head: instanceNo }}>
          {words.compareWith}
        </Link>
      ) : null}
      {mayExport ? (
        <Button aria-haspopup="dialog" onClick={() => setExporting(true)}>
          <Download {...icon} />
          {words.exportReport}
        </Button>
      ) : null}
      <Button onClick={() => window.print()}>
        <Printer {...icon} />
        {words.print}
      </Button>
      {isExporting ? <ExportDialog report={report} onClose={() => setExporting(false)} /> : null}
    </div>
  );
}
