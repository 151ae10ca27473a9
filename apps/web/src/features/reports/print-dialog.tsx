import type { Report } from "@wsc-dashboard/wsc-core";
import { type FormEvent, useId, useState } from "react";
import { ChoiceGroup } from "../../forms/choice-group.tsx";
import { Field } from "../../forms/field.tsx";
import { isLanguage, languageNames, languages } from "../../messages/language.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Input, Select } from "../../ui/control.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Toggle } from "../../ui/toggle.tsx";
import { maxInFull, maxLabelLength, maxPrintedInFull, type PrintChoice, printedEvidence } from "./print-choice.ts";
import { isFiltered } from "./report-search.ts";
import type { ReportFindings } from "./use-report-findings.ts";

interface PrintDialogProps {
  readonly initial: PrintChoice;
  readonly report: Report;
  readonly findings: ReportFindings;
  readonly onPrint: (choice: PrintChoice) => Promise<void>;
  readonly onClose: () => void;
}

/** The content of the print; the browser's own dialog has the remaining options, and saves as PDF. */
export function PrintDialog({ initial, report: printed, findings, onPrint, onClose }: PrintDialogProps) {
  const { report, shell } = useMessages();
  const { number } = useFormats();
  const shown = findings.sifted.found.length;
  const isLong = printed.findings.length > maxInFull;
  const isTooLong = isLong && shown > maxPrintedInFull;
  const evidences = printedEvidence.filter((value) => !isTooLong || value === "none");
  const [choice, setChoice] = useState<PrintChoice>({ ...initial, evidence: isTooLong ? "none" : initial.evidence });
  const [isFailed, setFailed] = useState(false);
  const id = useId();
  const put = (part: Partial<PrintChoice>): void => setChoice({ ...choice, ...part });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    onPrint({ ...choice, label: choice.label.trim() }).catch(() => setFailed(true));
  };
  return (
    <Dialog
      title={report.printTitle}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{shell.close}</Button>
          <button type="submit" form={`${id}form`} className={buttonClass("primary")}>
            {report.printNow}
          </button>
        </>
      }
    >
      <form id={`${id}form`} onSubmit={onSubmit}>
        {isFailed ? (
          <Notice role="alert" as="p" tone="high">
            {report.printFailed}
          </Notice>
        ) : null}
        <Field label={report.printLanguage} anchor={`${id}language`}>
          {(control) => (
            <Select
              {...control}
              value={choice.language}
              onChange={({ target }) => isLanguage(target.value) && put({ language: target.value })}
            >
              {languages.map((code) => (
                <option key={code} value={code} lang={code}>
                  {languageNames[code]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={report.printLabel} hint={report.printLabelHint} anchor={`${id}label`}>
          {(control) => (
            <Input
              {...control}
              maxLength={maxLabelLength}
              autoComplete="off"
              value={choice.label}
              onChange={({ target }) => put({ label: target.value })}
            />
          )}
        </Field>
        {isFiltered(findings.search) ? (
          <p className="max-w-168 text-text-2">{report.printShown(number(shown), number(printed.findings.length))}</p>
        ) : null}
        {isTooLong ? <p className="max-w-168 text-text-2">{report.printTooMany(number(maxPrintedInFull))}</p> : null}
        <ChoiceGroup
          legend={isLong ? report.findings : report.evidence}
          anchor={`${id}evidence`}
          choices={evidences.map((value) => ({
            value,
            name: isLong ? report.printEvidenceLong[value] : report.printEvidence[value],
          }))}
          value={choice.evidence}
          onChange={(evidence) => put({ evidence })}
        />
        <Toggle isLine checked={choice.clearItems} onChange={({ target }) => put({ clearItems: target.checked })}>
          {report.printClearItems}
        </Toggle>
      </form>
    </Dialog>
  );
}
