import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";

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
        <div className="note draft-note">
          <p>{create.draftRestored(formats.dateTime(savedAt))}</p>
          <div className="actions">
            <Button onClick={onStartOver}>{create.startOver}</Button>
          </div>
        </div>
      )}
      <div role="status">{hasFailed ? <p className="note tone-medium">{create.draftFailed}</p> : null}</div>
    </>
  );
}
