import { useBlocker } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useMessages } from "../messages/messages-context.tsx";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

interface LeaveDialogProps {
  readonly isDirty: boolean;
  /** Whether a save is still in progress: only closing the tab would lose it. */
  readonly isPending?: () => boolean;
  readonly title: string;
  /** What is lost. */
  readonly text?: string | undefined;
  /** A page that takes over what was typed, so that leaving for it does not ask. */
  readonly carriesTo?: string | undefined;
}

const isEditing = (search: object): boolean => Object.hasOwn(search, "edit");

/** Asks before typed values are lost, also when the tab is closed. A clean form never asks. */
export function LeaveDialog({ isDirty, isPending, title, text, carriesTo }: LeaveDialogProps) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => {
      // Leaving a form that replaces a page's content does not change the path.
      const isElsewhere = current.pathname !== next.pathname || (isEditing(current.search) && !isEditing(next.search));
      return isDirty && isElsewhere && next.pathname !== carriesTo;
    },
    enableBeforeUnload: () => isDirty || isPending?.() === true,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return <LeaveQuestion title={title} text={text} onStay={blocker.reset} onLeave={blocker.proceed} />;
}

interface LeaveQuestionProps {
  readonly title: string;
  readonly text: string | undefined;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

function LeaveQuestion({ title, text, onStay, onLeave }: LeaveQuestionProps) {
  const { create } = useMessages();
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => safe.current?.focus(), []);
  return (
    <Dialog
      title={title}
      onClose={onStay}
      footer={
        <>
          <Button buttonRef={safe} onClick={onStay}>
            {create.stay}
          </Button>
          <Button variant="danger" onClick={onLeave}>
            {create.leave}
          </Button>
        </>
      }
    >
      <p>{text ?? create.leaveText}</p>
    </Dialog>
  );
}
