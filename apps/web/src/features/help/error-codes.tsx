import { errorCatalogue } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { Field } from "../../forms/field.tsx";
import { errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useHelpWords } from "../../messages/use-help-words.ts";
import { Input } from "../../ui/control.tsx";
import { Table } from "../../ui/table.tsx";

interface ExplainedCode {
  readonly code: string;
  readonly title: string;
  readonly next: string;
}

/** Rows become blocks on a narrow screen. */
const tableClass =
  "[&_:is(td,th)]:border-b [&_:is(td,th)]:border-hairline [&_:is(td,th)]:py-1.75 [&_:is(td,th)]:pe-4 [&_:is(td,th)]:text-start [&_:is(td,th)]:align-top max-md:[&_:is(tbody,tr,td,th)]:block max-md:[&_thead]:hidden max-md:[&_:is(td,th):not(:last-child)]:border-b-0 max-md:[&_:is(td,th):not(:last-child)]:pb-0";

/** Codes whose number or text contains the typed text, ignoring case. */
export function findCodes(codes: readonly ExplainedCode[], typed: string): readonly ExplainedCode[] {
  const wanted = typed.trim().toLowerCase();
  return codes.filter(({ code, title, next }) => `${code} ${title} ${next}`.toLowerCase().includes(wanted));
}

/** Every code of the catalogue with its meaning and what to do, folded until somebody searches or follows a link to one. */
export function ErrorCodes() {
  const messages = useMessages();
  const words = useHelpWords();
  const { number } = useFormats();
  const [typed, setTyped] = useState("");
  // A link to a code leads into the table.
  const [isOpen, setOpen] = useState(() => location.hash.startsWith("#code-"));
  const all = Object.keys(errorCatalogue).map((code) => ({ code, ...errorTextOf(messages, code) }));
  const shown = findCodes(all, typed);
  const table =
    shown.length === 0 ? null : (
      <Table
        caption={words.topics.errors.title}
        className={tableClass}
        columns={[
          {
            key: "code",
            head: words.code,
            isRowHeading: true,
            className: "md:whitespace-nowrap",
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
    );
  return (
    <>
      <div className="max-w-104">
        <Field label={words.errorFilter} anchor="help-code">
          {(control) => (
            <Input
              {...control}
              type="search"
              maxLength={100}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
      </div>
      <p className="mt-2 max-w-184 text-text-3" role="status">
        {typed.trim() === "" ? null : words.errorsShown(number(shown.length), number(all.length))}
      </p>
      {typed.trim() === "" ? (
        <details className="mt-2" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary className="cursor-pointer py-1.5">{words.allCodes(number(all.length))}</summary>
          {table}
        </details>
      ) : (
        table
      )}
    </>
  );
}
