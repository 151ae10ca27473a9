import { errorCatalogue } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { Field } from "../../forms/field.tsx";
import { errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useHelpWords } from "../../messages/use-help-words.ts";
import { Table } from "../../ui/table.tsx";

interface ExplainedCode {
  readonly code: string;
  readonly title: string;
  readonly next: string;
}

/** Codes whose number or text contains the typed text, ignoring case. */
export function findCodes(codes: readonly ExplainedCode[], typed: string): readonly ExplainedCode[] {
  const wanted = typed.trim().toLowerCase();
  return codes.filter(({ code, title, next }) => `${code} ${title} ${next}`.toLowerCase().includes(wanted));
}

/** Every code of the catalogue with its meaning and what to do. */
export function ErrorCodes() {
  const messages = useMessages();
  const words = useHelpWords();
  const { number } = useFormats();
  const [typed, setTyped] = useState("");
  const all = Object.keys(errorCatalogue).map((code) => ({ code, ...errorTextOf(messages, code) }));
  const shown = findCodes(all, typed);
  return (
    <>
      <Field label={words.errorFilter} anchor="help-code">
        {(control) => (
          <input
            {...control}
            type="search"
            className="input"
            maxLength={100}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </Field>
      <p className="muted" role="status">
        {words.errorsShown(number(shown.length), number(all.length))}
      </p>
      {shown.length === 0 ? null : (
        <Table
          caption={words.topics.errors.title}
          className="help-codes"
          columns={[
            {
              key: "code",
              head: words.code,
              isRowHeading: true,
              cell: ({ code }) => (
                <code id={`code-${code}`} translate="no">
                  {code}
                </code>
              ),
            },
            { key: "meaning", head: words.meaning, cell: ({ title }) => title },
            { key: "next", head: words.whatToDo, cell: ({ next }) => next },
          ]}
          rows={shown}
          keyOf={({ code }) => code}
        />
      )}
    </>
  );
}
