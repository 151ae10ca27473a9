import { roles } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useApiReferenceWords } from "../../messages/use-api-reference-words.ts";
import type { ApiOperation } from "./read-open-api.ts";

/** One operation; parameters and responses are shown on demand. */
export function OperationBlock({ operation }: { readonly operation: ApiOperation }) {
  const { method, path, summary } = operation;
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="api-operation" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <span className="api-method mono" translate="no">
          {method}
        </span>
        <span className="api-path mono" translate="no">
          {path}
        </span>
        <span className="api-summary" lang="en">
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
    <div className="api-details">
      <dl className="facts facts-wide">
        <dt>{words.callers}</dt>
        <dd>{takesTokens ? words.tokens : words.people}</dd>
        <dt>{words.roles}</dt>
        <dd>{list(named)}</dd>
        <dt>{words.parameters}</dt>
        <dd>
          <ul className="plain-list">
            {parameters.map(({ name, in: place, required, description }) => (
              <li key={`${place} ${name}`}>
                <code translate="no">{name}</code>{" "}
                <span className="muted">
                  <span translate="no">{place}</span>
                  {required === true ? `, ${words.required}` : null}
                </span>
                {description === undefined ? null : (
                  <span className="hint" lang="en">
                    {` ${description}`}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </dd>
      </dl>
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
      <h3 className="h3">{title}</h3>
      {example === undefined ? null : <JsonText label={title} value={example} />}
      {schema === undefined ? null : (
        <details>
          <summary>{words.schema}</summary>
          <JsonText label={words.schema} value={schema} />
        </details>
      )}
    </>
  );
}

/** JSON that may be wider than the page; it can be scrolled with the keyboard too. */
function JsonText({ label, value }: { readonly label: string; readonly value: unknown }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
    <section className="api-json" aria-label={label} tabIndex={0}>
      <pre translate="no">{JSON.stringify(value, null, 2)}</pre>
    </section>
  );
}
