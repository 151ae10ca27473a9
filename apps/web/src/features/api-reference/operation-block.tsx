import { roles } from "@wsc-dashboard/wsc-core";
import { Fragment, useState } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useApiReferenceWords } from "../../messages/use-api-reference-words.ts";
import { FactList } from "../../ui/fact-list.tsx";
import type { ApiOperation } from "./read-open-api.ts";

/** One operation; parameters and responses are shown on demand. */
export function OperationBlock({ operation }: { readonly operation: ApiOperation }) {
  const { method, path, summary } = operation;
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="border-b border-hairline" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="grid cursor-pointer grid-cols-[4.5rem_minmax(0,1fr)] gap-x-3 py-2 lg:grid-cols-[4.5rem_minmax(0,1fr)_minmax(0,1fr)]">
        <span className="mono" translate="no">
          {method}
        </span>
        <span className="wrap-anywhere mono" translate="no">
          {path.split(/(?=\/)/).map((part, index) => (
            <Fragment key={`${index} ${part}`}>
              {part}
              <wbr />
            </Fragment>
          ))}
        </span>
        <span className="col-start-2 text-text-3 lg:col-start-3" lang="en">
          {summary}
        </span>
      </summary>
      {isOpen ? <OperationDetails operation={operation} /> : null}
    </details>
  );
}

function OperationDetails({ operation }: { readonly operation: ApiOperation }) {
  const { shell } = useMessages();
  const words = useApiReferenceWords();
  const { list } = useFormats();
  const { takesTokens, parameters, request, answer } = operation;
  const named = roles.filter((role) => operation.roles.includes(role)).map((role) => shell.roles[role]);
  return (
    <div className="pt-1 pb-4">
      <FactList isWide>
        <dt>{words.callers}</dt>
        <dd>{takesTokens ? words.tokens : words.people}</dd>
        <dt>{words.roles}</dt>
        <dd>{list(named)}</dd>
        <dt>{words.parameters}</dt>
        <dd>
          <ul>
            {parameters.map(({ name, in: place, required, description }) => (
              <li key={`${place} ${name}`}>
                <code translate="no">{name}</code>{" "}
                <span className="text-text-3">
                  <span translate="no">{place}</span>
                  {required === true ? `, ${words.required}` : null}
                </span>
                {description === undefined ? null : (
                  <span className="max-w-168 text-text-2" lang="en">
                    {` ${description}`}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </dd>
      </FactList>
      {request === null ? null : <MediaPart title={words.request} media={request} />}
      {answer === null ? null : <MediaPart title={words.answer} media={answer} />}
    </div>
  );
}

interface MediaPartProps {
  readonly title: string;
  readonly media: { readonly schema?: unknown; readonly example?: unknown };
}

function MediaPart({ title, media: { schema, example } }: MediaPartProps) {
  const words = useApiReferenceWords();
  return (
    <>
      <h3 className="text-h3 mt-5">{title}</h3>
      {example === undefined ? null : <JsonText label={title} value={example} />}
      {schema === undefined ? null : (
        <details>
          <summary className="cursor-pointer py-1">{words.schema}</summary>
          <JsonText label={words.schema} value={schema} />
        </details>
      )}
    </>
  );
}

/** JSON that may be wider than the page; it can be scrolled with the keyboard too. */
function JsonText({ label, value }: { readonly label: string; readonly value: unknown }) {
  return (
    <section
      className="mt-1.5 mb-3 max-h-96 overflow-auto rounded-md border border-hairline px-3 py-2"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
      tabIndex={0}
    >
      <pre translate="no">{JSON.stringify(value, null, 2)}</pre>
    </section>
  );
}
