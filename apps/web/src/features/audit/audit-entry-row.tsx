import { Link } from "@tanstack/react-router";
import type { AuditEntry } from "@wsc-dashboard/wsc-core";
import { Fragment, type ReactNode } from "react";
import { errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { FactList, FactRow } from "../../ui/fact-list.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import type { Column } from "../../ui/table.tsx";
import { auditLineClass } from "./audit-line-class.ts";
import { AuditObject } from "./audit-object.tsx";

interface AuditEntryRowProps {
  readonly entry: AuditEntry;
  readonly columns: readonly Column<AuditEntry>[];
}

/** With an arrow at its end that turns when the line is open. */
const summaryClass = `${auditLineClass} cursor-pointer list-none border-hairline group-open/entry:bg-selected hover:bg-accent-soft after:[grid-area:1/-2] after:me-1 after:size-1.75 after:rotate-45 after:self-center after:justify-self-end after:border-r-2 after:border-b-2 after:border-text-3 group-open/entry:after:rotate-225 [&::-webkit-details-marker]:hidden`;

/** An entry as one row, which expands to everything that was recorded. */
export function AuditEntryRow({ entry, columns }: AuditEntryRowProps) {
  return (
    <li>
      <details className="group/entry">
        <summary data-row="" className={summaryClass}>
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
    <FactRow>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </FactRow>
  );
}

function EntryFacts({ entry }: { readonly entry: AuditEntry }) {
  const messages = useMessages();
  const { audit, shell } = messages;
  const formats = useFormats();
  const { seq, at, actor, requestId, action, object, target, detail, hash } = entry;
  return (
    <FactList className="border-b border-hairline ps-4 pt-3 pb-4">
      <Fact name={audit.entry}>{formats.number(seq)}</Fact>
      <Fact name={audit.time}>{formats.exact(at)}</Fact>
      <Fact name={audit.utc}>
        <span className="tabular-nums">{at}</span>
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
    </FactList>
  );
}

const roleText = (words: Readonly<Record<string, string>>, role: string): string =>
  (Object.hasOwn(words, role) ? words[role] : undefined) ?? role;
