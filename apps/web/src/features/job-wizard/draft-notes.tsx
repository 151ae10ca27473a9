import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";

interface DraftNotesProps {
  /** When the restored draft was saved. */
  readonly savedAt: string | null;
  readonly hasFailed: boolean;
  readonly onStartOver: () => void;
}

/** Says that a draft was restored, and whether saving works. */
export function DraftNotes({ savedAt, hasFailed, onStartOver }: DraftNotesProps) {
  const { create } = useMessages();
  const formats = useFormats();
  return (
    <>
      {savedAt === null ? null : (
        <Notice>
          <p>{create.draftRestored(formats.dateTime(savedAt))}</p>
          <Actions className="mt-2">
            <Button onClick={onStartOver}>{create.startOver}</Button>
          </Actions>
        </Notice>
      )}
      <div role="status">
        {hasFailed ? (
          <Notice as="p" className="font-bold text-medium-text">
            {create.draftFailed}
          </Notice>
        ) : null}
      </div>
    </>
  );
}
