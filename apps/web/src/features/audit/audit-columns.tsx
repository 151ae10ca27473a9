import type { AuditEntry } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import type { Column } from "../../ui/table.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { AuditResultMark } from "./audit-result.tsx";
import { actionText, actorText, objectText } from "./audit-text.ts";

/** The columns of the audit log: when, who, what, target and result. */
export function useAuditColumns(): readonly Column<AuditEntry>[] {
  const messages = useMessages();
  const { audit, shell } = messages;
  const { zone, zoneWord } = useFormats();
  return [
    {
      key: "time",
      head: shell.zonedHead(audit.time, zoneWord(zone, new Date().toISOString())),
      cell: ({ at }) => (
        <span className="tabular-nums" title={at}>
          <TimeText instant={at} kind="seconds" />
        </span>
      ),
    },
    {
      key: "who",
      head: audit.who,
      cell: ({ actor }) => <PlainText text={actorText(messages, actor)} className="font-bold" />,
    },
    { key: "what", head: audit.what, cell: ({ action }) => <span>{actionText(messages, action)}</span> },
    {
      key: "about",
      head: audit.about,
      cell: ({ target, object }) =>
        target === null ? (
          <PlainText text={objectText(messages, object)} className="text-text-3" />
        ) : (
          <PlainText text={target} />
        ),
    },
    { key: "result", head: audit.result, cell: ({ result }) => <AuditResultMark result={result} /> },
  ];
}
