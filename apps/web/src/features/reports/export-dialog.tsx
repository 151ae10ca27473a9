import { useMutation } from "@tanstack/react-query";
import { type ExportFormat, exportFormats, type FindingQuery, type Report } from "@wsc-dashboard/wsc-core";
import { useId, useState } from "react";
import { fetchReportFile } from "../../api/report-query.ts";
import { ChoiceGroup } from "../../forms/choice-group.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useVerdictWords } from "../../messages/verdict-words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { useToast } from "../../ui/toaster.tsx";
import { Toggle } from "../../ui/toggle.tsx";
import { isOpenIn, useReportVerdicts } from "../../verdicts/verdict-context.tsx";
import { filterWords } from "./filter-words.ts";
import { findingQueryOf, isFiltered } from "./report-search.ts";
import type { ReportFindings } from "./use-report-findings.ts";

interface ExportDialogProps {
  readonly report: Report;
  /** The findings the page shows. */
  readonly findings?: ReportFindings;
  /** Numbers of the selected findings, instead of what the page shows. */
  readonly numbers?: readonly string[];
  readonly onClose: () => void;
}

/** A subset of the findings that can be saved. */
interface Part {
  readonly name: string;
  readonly filter: FindingQuery;
}

/** Saves the report as a file: what each format is for, what is in progress, and what failed. */
export function ExportDialog({ report, findings, numbers, onClose }: ExportDialogProps) {
  const messages = useMessages();
  const verdictWords = useVerdictWords();
  const { report: words, shell } = messages;
  const { number, language, zone } = useFormats();
  const toast = useToast();
  const id = useId();
  const part = usePart(report, findings, numbers);
  const [which, setWhich] = useState<"part" | "all">("part");
  const verdicts = useReportVerdicts();
  const isDecided = report.findings.some(({ fingerprint }) => !isOpenIn(verdicts, fingerprint));
  const [isOpenOnly, setOpenOnly] = useState(false);
  const saving = useMutation({
    // A file can contain what the page shows, so neither it nor its request outlives the dialog.
    gcTime: 0,
    mutationFn: (format: ExportFormat) => {
      const picked = part !== null && which === "part" ? part.filter : {};
      const filter: FindingQuery = isOpenOnly ? { ...picked, decided: "without" } : picked;
      return fetchReportFile(report.job.instanceNo, { format, lang: language, zone, filter });
    },
    onSuccess: (file) => {
      saveFile(file);
      toast(words.exported(file.fileName));
      onClose();
    },
  });
  const isPartly = part !== null && which === "part";
  return (
    <Dialog title={words.exportTitle} onClose={onClose} footer={<Button onClick={onClose}>{shell.close}</Button>}>
      <p className="max-w-168 text-text-2">{words.exportText}</p>
      {part === null ? null : (
        <>
          <ChoiceGroup
            legend={words.exportWhich}
            anchor={`${id}which`}
            choices={[
              { value: "part", name: part.name },
              { value: "all", name: words.exportAll(number(report.findings.length)) },
            ]}
            value={which}
            onChange={setWhich}
          />
          {isPartly && findings !== undefined ? (
            <p className="max-w-168 text-text-2">
              <bdi translate="no">{filterWords(verdictWords, messages, findings.search).join(" · ")}</bdi>
            </p>
          ) : null}
          {isPartly ? <p className="max-w-168 text-text-2">{words.exportPartly}</p> : null}
        </>
      )}
      {isDecided ? (
        <Toggle isLine checked={isOpenOnly} onChange={({ target }) => setOpenOnly(target.checked)}>
          {verdictWords.exportOpenOnly}
        </Toggle>
      ) : null}
      {saving.isError ? (
        <ErrorNotice heading={words.exportFailed} description={describeError(messages, saving.error)} isAlert />
      ) : null}
      <ul className="[&>li]:border-t [&>li]:border-hairline [&>li]:py-2.5">
        {exportFormats.map((format) => (
          <li key={format}>
            <Button
              inert={saving.isPending}
              aria-describedby={`export-${format}`}
              onClick={() => saving.mutate(format)}
            >
              {words.exportNames[format]}
            </Button>
            <p id={`export-${format}`} className="mt-1 max-w-168 text-text-2">
              {words.exportNotes[format]}
              {isPartly && format === "defectdojo" ? `${shell.sentenceGap}${words.exportPartlyDojo}` : null}
            </p>
          </li>
        ))}
      </ul>
      <p className="text-text-3" role="status">
        {saving.isPending ? words.exporting : ""}
      </p>
    </Dialog>
  );
}

function usePart(
  report: Report,
  findings: ReportFindings | undefined,
  numbers: readonly string[] | undefined,
): Part | null {
  const { report: words } = useMessages();
  const { number } = useFormats();
  const total = number(report.findings.length);
  if (numbers !== undefined) {
    return { name: words.exportPicked(number(numbers.length), total), filter: { numbers: numbers.join(",") } };
  }
  if (findings === undefined || !isFiltered(findings.search)) return null;
  const { search, sifted, base } = findings;
  return { name: words.exportShown(number(sifted.found.length), total), filter: findingQueryOf(search, base) };
}
