import { useMutation } from "@tanstack/react-query";
import { type ExportFormat, exportFormats, type Report } from "@wsc-dashboard/wsc-core";
import { fetchReportFile } from "../../api/report-query.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { useToast } from "../../ui/toaster.tsx";

interface ExportDialogProps {
  readonly report: Report;
  readonly onClose: () => void;
}

/** Saves the report as a file: what each format is for, what is under way, and what went wrong. */
export function ExportDialog({ report, onClose }: ExportDialogProps) {
  const messages = useMessages();
  const { report: words, shell } = messages;
  const { number, language } = useFormats();
  const toast = useToast();
  const saving = useMutation({
    // A file can hold what the page shows, so neither it nor its request outlives the dialog.
    gcTime: 0,
    mutationFn: (format: ExportFormat) => fetchReportFile(report.job.instanceNo, format, language),
    onSuccess: (file) => {
      saveFile(file);
      toast(words.exported(file.fileName));
      onClose();
    },
  });
  return (
    <Dialog title={words.exportTitle} onClose={onClose} footer={<Button onClick={onClose}>{shell.close}</Button>}>
      <p className="hint">{words.exportText(number(report.findings.length))}</p>
      {saving.isError ? (
        <ErrorNotice heading={words.exportFailed} description={describeError(messages, saving.error)} isAlert />
      ) : null}
      <ul className="plain-list export-list">
        {exportFormats.map((format) => (
          <li key={format}>
            <Button
              inert={saving.isPending}
              aria-describedby={`export-${format}`}
              onClick={() => saving.mutate(format)}
            >
              {words.exportNames[format]}
            </Button>
            <p id={`export-${format}`} className="hint">
              {words.exportNotes[format]}
            </p>
          </li>
        ))}
      </ul>
      <p className="muted" role="status">
        {saving.isPending ? words.exporting : ""}
      </p>
    </Dialog>
  );
}
