import { useBlocker } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useMessages } from "../messages/messages-context.tsx";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

interface LeaveDialogProps {
  readonly isDirty: boolean;
  readonly title: string;
  /** A page that what was typed is taken along to. */
  readonly carriesTo?: string | undefined;
}

const isEditing = (search: object): boolean => Object.hasOwn(search, "edit");

/** Asks before typed values are lost, also when the tab is closed. A clean form never asks. */
export function LeaveDialog({ isDirty, title, carriesTo }: LeaveDialogProps) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => {
      // A form that stands in the place of a page is left without leaving the page.
      const isElsewhere = current.pathname !== next.pathname || (isEditing(current.search) && !isEditing(next.search));
      return isDirty && isElsewhere && next.pathname !== carriesTo;
    },
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return <LeaveQuestion title={title} onStay={blocker.reset} onLeave={blocker.proceed} />;
}

interface LeaveQuestionProps {
  readonly title: string;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

function LeaveQuestion({ title, onStay, onLeave }: LeaveQuestionProps) {
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
      <p>{create.leaveText}</p>
    </Dialog>
  );
}
