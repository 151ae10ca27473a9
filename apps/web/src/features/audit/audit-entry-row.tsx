import { Link } from "@tanstack/react-router";
import type { AuditEntry } from "@wsc-dashboard/wsc-core";
import { Fragment, type ReactNode } from "react";
import { errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import type { Column } from "../../ui/table.tsx";
import { AuditObject } from "./audit-object.tsx";

interface AuditEntryRowProps {
  readonly entry: AuditEntry;
  readonly columns: readonly Column<AuditEntry>[];
}

/** An entry as one row, which expands to everything that was recorded. */
export function AuditEntryRow({ entry, columns }: AuditEntryRowProps) {
  return (
    <li>
      <details className="audit-entry">
        <summary data-row="" className="audit-line">
          {columns.map(({ key, cell }) => (
            <Fragment key={key}>{cell(entry)}</Fragment>
          ))}
        </summary>
        <EntryFacts entry={entry} />
      </details>
    </li>
  );
}

function Fact({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="facts-row">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function EntryFacts({ entry }: { readonly entry: AuditEntry }) {
  const messages = useMessages();
  const { audit, shell } = messages;
  const formats = useFormats();
  const { seq, at, actor, requestId, action, object, target, detail, hash } = entry;
  return (
    <dl className="facts audit-facts">
      <Fact name={audit.entry}>{formats.number(seq)}</Fact>
      <Fact name={audit.time}>{formats.exact(at)}</Fact>
      <Fact name={audit.utc}>
        <span className="figure">{at}</span>
      </Fact>
      <Fact name={audit.identifier}>
        <PlainText text={actor.id} className="mono" />{" "}
        <Link to="/audit" search={{ actor: actor.id }}>
          {audit.onlyActor}
        </Link>
      </Fact>
      {actor.roles.length > 0 ? (
        <Fact name={audit.roles}>{actor.roles.map((role) => roleText(shell.roles, role)).join(", ")}</Fact>
      ) : null}
      <Fact name={audit.act}>
        <PlainText text={action} className="mono" />
      </Fact>
      <Fact name={audit.object}>
        <AuditObject object={object} />{" "}
        {object.includes("/") ? (
          <Link to="/audit" search={{ target: object }}>
            {audit.onlyObject}
          </Link>
        ) : null}
      </Fact>
      {target === null ? null : (
        <Fact name={audit.host}>
          <PlainText text={target} />
        </Fact>
      )}
      {typeof detail.code === "string" && detail.code !== "0" ? (
        <Fact name={audit.reason}>{errorTextOf(messages, detail.code).title}</Fact>
      ) : null}
      {Object.entries(detail).map(([name, value]) => (
        <Fact key={name} name={<PlainText text={name} className="mono" />}>
          <PlainText text={String(value)} className="mono" />
        </Fact>
      ))}
      {requestId === null ? null : (
        <Fact name={shell.requestId}>
          <PlainText text={requestId} className="mono" />
        </Fact>
      )}
      <Fact name={audit.hash}>
        <PlainText text={hash} className="mono" />
      </Fact>
    </dl>
  );
}

const roleText = (words: Readonly<Record<string, string>>, role: string): string =>
  (Object.hasOwn(words, role) ? words[role] : undefined) ?? role;
