import type { Reading } from "@wsc-dashboard/wsc-core";
import { errorTextOf } from "../messages/error-text.ts";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { Notice } from "../ui/notice.tsx";

/** How far jobs and reports have been read: names what the page's numbers do not include yet. */
export function ReadingNotes({ reading }: { readonly reading: Reading }) {
  const messages = useMessages();
  const { targets: words } = messages;
  const { number, zoned } = useFormats();
  const { isOn, waiting, failed, failure, listReadAt, isListComplete } = reading;
  return (
    <>
      <p className="mt-4 mb-0 text-text-3 empty:hidden" role="status">
        {isOn && waiting > 0 ? words.waiting(waiting, number(waiting)) : ""}
      </p>
      {isOn ? null : (
        <Notice as="p" tone="medium">
          {words.readingOff}
        </Notice>
      )}
      {failed > 0 ? (
        <Notice as="p" tone="medium">
          {words.failed(failed, number(failed))}
        </Notice>
      ) : null}
      {failure === null ? null : (
        <Notice as="p" tone="medium">
          {words.listFailed(zoned(failure.at), errorTextOf(messages, failure.code).title)}
        </Notice>
      )}
      {listReadAt !== null && !isListComplete ? (
        <Notice as="p" tone="medium">
          {words.listIncomplete}
        </Notice>
      ) : null}
    </>
  );
}
