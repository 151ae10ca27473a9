import { Link } from "@tanstack/react-router";
import type { Report } from "@wsc-dashboard/wsc-core";
import { Download, Printer } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../api/session-query.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { ExportDialog } from "./export-dialog.tsx";
import { maxInFull, type PrintChoice } from "./print-choice.ts";
import { PrintDialog } from "./print-dialog.tsx";
import type { ReportFindings } from "./use-report-findings.ts";

const firstChoice = { label: "", evidence: "short", clearItems: true } as const;
const icon = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

interface ReportActionsProps {
  readonly report: Report;
  readonly findings: ReportFindings;
  readonly onPrint: (choice: PrintChoice) => Promise<void>;
}

export function ReportActions({ report, findings, onPrint }: ReportActionsProps) {
  const { report: words } = useMessages();
  const mayExport = useMay("reports.export");
  const mayCompare = useMay("compare.get");
  const { language } = useFormats();
  const [isExporting, setExporting] = useState(false);
  const [isPrinting, setPrinting] = useState(false);
  const isLong = report.findings.length > maxInFull;
  const [choice, setChoice] = useState<Omit<PrintChoice, "language">>({
    ...firstChoice,
    evidence: isLong ? "none" : firstChoice.evidence,
  });
  const print = async (next: PrintChoice): Promise<void> => {
    await onPrint(next);
    setChoice(next);
    setPrinting(false);
  };
  const { instanceNo } = report.job;
  return (
    <Actions className="print:hidden">
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
      <Button aria-haspopup="dialog" onClick={() => setPrinting(true)}>
        <Printer {...icon} />
        {words.print}
      </Button>
      {isExporting ? <ExportDialog report={report} findings={findings} onClose={() => setExporting(false)} /> : null}
      {isPrinting ? (
        <PrintDialog
          initial={{ ...choice, language }}
          report={report}
          findings={findings}
          onPrint={print}
          onClose={() => setPrinting(false)}
        />
      ) : null}
    </Actions>
  );
}
