import { useBlocker } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";

/** Asks before typed values are lost, also when the tab is closed. A clean form never asks. */
export function LeaveDialog({ isDirty }: { readonly isDirty: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return <LeaveQuestion onStay={blocker.reset} onLeave={blocker.proceed} />;
}

function LeaveQuestion({ onStay, onLeave }: { readonly onStay: () => void; readonly onLeave: () => void }) {
  const { create } = useMessages();
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => safe.current?.focus(), []);
  return (
    <Dialog
      title={create.leaveTitle}
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
