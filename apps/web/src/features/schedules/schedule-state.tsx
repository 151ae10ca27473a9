import type { Schedule } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../../messages/messages-context.tsx";
import { Shape } from "../../ui/shape.tsx";

/** Active or paused, by shape, word and colour; a pause names who paused it. */
export function ScheduleState({ schedule }: { readonly schedule: Schedule }) {
  const { schedules } = useMessages();
  const { state, pausedBy } = schedule;
  const isPaused = state === "paused";
  const note = isPaused ? (pausedBy === "failures" ? schedules.pausedByFailures : schedules.pausedByUser) : null;
  return (
    <div>
      <span className="inline-flex gap-2 wrap-break-word">
        <Shape className={isPaused ? "mt-0.5 text-medium" : "mt-0.5 text-done"}>
          <circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" strokeWidth="1.8" />
          {isPaused ? (
            <path d="M6.4 5.4v5.2M9.6 5.4v5.2" stroke="currentColor" strokeWidth="1.8" />
          ) : (
            <path d="M8 4.6V8l2.4 1.6" fill="none" stroke="currentColor" strokeWidth="1.8" />
          )}
        </Shape>
        <span className={isPaused ? "font-bold text-medium-text" : undefined}>{schedules.states[state]}</span>
      </span>
      {note === null ? null : (
        <p className={pausedBy === "failures" ? "max-w-168 font-bold text-medium-text" : "max-w-168 text-text-2"}>
          {note}
        </p>
      )}
    </div>
  );
}
