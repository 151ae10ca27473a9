import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Session, WscError } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef } from "react";
import { sessionCalls, sessionQuery } from "../../api/session-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { useNow } from "../../ui/hooks.ts";

const warnedBeforeMs = 120_000;
const askedBeforeMs = 15_000;
/** Typing and clicks extend the session; they are reported to the server at most this often. */
const activityStepMs = 300_000;

interface SessionEndProps {
  readonly session: Session;
  /** Why the session could not be refreshed, if it could not. */
  readonly error: Error | null;
}

/**
 * Warns two minutes before the login ends, and says when it has ended. A line above the page, not a dialog: typing is not
 * interrupted and what was typed stays.
 */
export function SessionEnd({ session, error }: SessionEndProps) {
  const { shell } = useMessages();
  const queryClient = useQueryClient();
  const now = useNow(5000);
  const isRefused = error instanceof WscError && error.code === "SESSION_REQUIRED";
  const leftMs = isRefused ? 0 : session.endsAt === null ? Number.POSITIVE_INFINITY : Date.parse(session.endsAt) - now;
  const { mutate, isPending } = useMutation({
    mutationFn: () => sessionCalls.extend({ body: {} }),
    onSuccess: (fresh) => queryClient.setQueryData(sessionQuery.queryKey, fresh),
  });
  const toldAt = useRef(Date.now());
  const canEnd = session.endsAt !== null;
  useEffect(() => {
    const onActivity = (): void => {
      if (!canEnd || Date.now() - toldAt.current < activityStepMs) return;
      toldAt.current = Date.now();
      mutate();
    };
    document.addEventListener("keydown", onActivity);
    document.addEventListener("pointerdown", onActivity);
    return () => {
      document.removeEventListener("keydown", onActivity);
      document.removeEventListener("pointerdown", onActivity);
    };
  }, [mutate, canEnd]);
  // A proxy may have renewed the login meanwhile, so the session is refetched before the warning.
  const isNear = !isRefused && leftMs <= warnedBeforeMs + askedBeforeMs;
  useEffect(() => {
    if (isNear) void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
  }, [isNear, queryClient]);
  if (leftMs > warnedBeforeMs) return null;
  const isOver = leftMs <= 0;
  return (
    <div
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-medium bg-medium-soft px-page py-2 text-medium-text print:hidden"
      role="alert"
    >
      <p>
        <strong>{isOver ? shell.sessionOver : shell.sessionEndsSoon(Math.ceil(leftMs / 60_000))}</strong>
        {shell.sentenceGap}
        {shell.sessionEndsNote}
      </p>
      <Actions>
        {isOver ? null : (
          <Button inert={isPending} onClick={() => mutate()}>
            {shell.staySignedIn}
          </Button>
        )}
        <a
          className={buttonClass("plain")}
          href={session.signIn.startUrl ?? "/jobs"}
          target="_blank"
          rel="noreferrer"
          onClick={() => {
            // The session is refetched on return from the other tab.
            addEventListener("focus", () => void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }), {
              once: true,
            });
          }}
        >
          {shell.signInAgain}
        </a>
      </Actions>
    </div>
  );
}
