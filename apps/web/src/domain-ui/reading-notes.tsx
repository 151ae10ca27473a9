import type { Reading } from "@wsc-dashboard/wsc-core";
import { errorTextOf } from "../messages/error-text.ts";
import { useFormats, useMessages } from "../messages/messages-context.tsx";

/** How far jobs and reports have been read: names what the page's numbers do not include yet. */
export function ReadingNotes({ reading }: { readonly reading: Reading }) {
  const messages = useMessages();
  const { targets: words } = messages;
  const { number, zoned } = useFormats();
  const { isOn, waiting, failed, failure, listReadAt, isListComplete } = reading;
  return (
    <>
      <p className="m-0 text-text-3 empty:hidden" role="status">
        {isOn && waiting > 0 ? words.waiting(waiting, number(waiting)) : ""}
      </p>
      {isOn ? null : <p className="note note-medium">{words.readingOff}</p>}
      {failed > 0 ? <p className="note note-medium">{words.failed(failed, number(failed))}</p> : null}
      {failure === null ? null : (
        <p className="note note-medium">
          {words.listFailed(zoned(failure.at), errorTextOf(messages, failure.code).title)}
        </p>
      )}
      {listReadAt !== null && !isListComplete ? <p className="note note-medium">{words.listIncomplete}</p> : null}
    </>
  );
}
