import { useQueryClient } from "@tanstack/react-query";
import { limits, type TargetImport } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { useKeyedMutation } from "../../api/idempotency-key.ts";
import { importTargets } from "../../api/target-query.ts";
import { Field } from "../../forms/field.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useTargetDetailWords } from "../../messages/use-target-detail-words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { FileInput } from "../../ui/file-input.tsx";
import { PlainText, withVisibleControls } from "../../ui/plain-text.tsx";
import { useToast } from "../../ui/toaster.tsx";

const willChange = ({ rows }: TargetImport): number =>
  rows.filter(({ outcome }) => outcome === "created" || outcome === "changed").length;

/** The text of a file, or why it has none. */
async function readText(file: File): Promise<{ readonly text: string } | { readonly problem: "tooLarge" | "noText" }> {
  if (file.size > limits.targetFileLength) return { problem: "tooLarge" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()) };
  } catch {
    return { problem: "noText" };
  }
}

/** Imports target details from a CSV file: first shows the outcome for each row, then applies them. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const messages = useMessages();
  const words = useTargetDetailWords();
  const { number } = useFormats();
  const client = useQueryClient();
  const toast = useToast();
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<"tooLarge" | "noText" | null>(null);
  const checking = useKeyedMutation({ act: (csv: string, key) => importTargets(csv, true, key) });
  const importing = useKeyedMutation({
    act: (csv: string, key) => importTargets(csv, false, key),
    onSuccess: (result) => {
      void client.invalidateQueries({ queryKey: ["targets"] });
      toast(words.importDone(number(willChange(result))));
    },
  });
  const choose = async (file: File | undefined): Promise<void> => {
    importing.reset();
    checking.reset();
    setText(null);
    setProblem(null);
    if (file === undefined) return;
    const read = await readText(file);
    if ("problem" in read) return setProblem(read.problem);
    setText(read.text);
    checking.mutate(read.text);
  };
  const isBusy = checking.isPending || importing.isPending;
  const result = importing.data ?? checking.data;
  const count = checking.data === undefined ? 0 : willChange(checking.data);
  const error = importing.error ?? checking.error;
  return (
    <Dialog
      title={words.importTitle}
      onClose={onClose}
      closable={!importing.isPending}
      footer={
        <>
          <Button inert={importing.isPending} onClick={onClose}>
            {importing.isSuccess ? words.close : words.cancel}
          </Button>
          {importing.isSuccess ? null : (
            <Button
              variant="primary"
              inert={isBusy || text === null || count === 0}
              onClick={() => text !== null && importing.mutate(text)}
            >
              {importing.isPending ? words.importing : words.importNow(count, number(count))}
            </Button>
          )}
        </>
      }
    >
      <p className="max-w-168 text-text-2">{words.importText}</p>
      <Field
        label={words.chooseFile}
        hint={words.importLimits}
        anchor="target-file"
        errors={problem === null ? [] : [words[problem]]}
      >
        {(control) => (
          <FileInput
            {...control}
            accept=".csv,text/csv,text/plain"
            onChange={({ target }) => void choose(target.files?.[0])}
          />
        )}
      </Field>
      {error === null ? null : (
        <ErrorNotice heading={words.failed} description={describeError(messages, error)} isAlert />
      )}
      {checking.isPending ? <p className="text-text-3">{words.checking}</p> : null}
      {result === undefined ? null : <ImportResult result={result} />}
    </Dialog>
  );
}

function ImportResult({ result: { rows, ignored } }: { readonly result: TargetImport }) {
  const words = useTargetDetailWords();
  const { number } = useFormats();
  if (rows.length === 0) return <p role="status">{words.noRows}</p>;
  const counts = Map.groupBy(rows, ({ outcome }) => outcome);
  return (
    <>
      <p role="status">
        {[...counts].map(([outcome, some]) => `${words.outcomes[outcome]} ${number(some.length)}`).join(" · ")}
      </p>
      {ignored.length === 0 ? null : (
        <p className="max-w-168 text-text-2">{words.ignored(withVisibleControls(ignored.join(", ")))}</p>
      )}
      <div className="relative overflow-x-auto">
        <table className="table">
          <caption className="sr-only">{words.importTitle}</caption>
          <thead>
            <tr>
              <th scope="col" className="text-end whitespace-nowrap">
                {words.line}
              </th>
              <th scope="col">{words.host}</th>
              <th scope="col">{words.outcome}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, host, outcome, columns }) => (
              <tr key={line}>
                <td className="text-end whitespace-nowrap tabular-nums">{number(line)}</td>
                <td>
                  <PlainText text={host} />
                </td>
                <td>
                  {columns.length === 0
                    ? words.outcomes[outcome]
                    : words.wrongColumns(words.outcomes[outcome], columns.join(", "))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
