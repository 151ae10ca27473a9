import { type Schedule, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { useMay } from "../../api/session-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmScheduleAction, type ScheduleActionKind } from "./confirm-schedule-action.tsx";

interface ScheduleActionsProps {
  readonly schedule: Schedule;
  readonly onRemoved?: () => void;
}

/** Whether the signed-in user may change this schedule: its owner, or an administrator. */
export function useMayChange(schedule: Schedule): boolean {
  return useMay("schedules.update") && schedule.isOwn;
}

export function ScheduleActions({ schedule, onRemoved }: ScheduleActionsProps) {
  const { schedules: words } = useMessages();
  const mayChange = useMayChange(schedule);
  const [asking, setAsking] = useState<ScheduleActionKind | null>(null);
  const host = targetHostOf(schedule.startUrl);
  if (!mayChange) return null;
  return (
    <>
      {schedule.state === "paused" ? (
        <Button aria-label={words.resumeOf(host)} onClick={() => setAsking("resume")}>
          {words.resume}
        </Button>
      ) : (
        <Button aria-label={words.pauseOf(host)} onClick={() => setAsking("pause")}>
          {words.pause}
        </Button>
      )}
      <Button aria-label={words.removeOf(host)} onClick={() => setAsking("remove")}>
        {words.remove}
      </Button>
      {asking ? (
        <ConfirmScheduleAction
          schedule={schedule}
          kind={asking}
          onClose={() => setAsking(null)}
          onRemoved={onRemoved}
        />
      ) : null}
    </>
  );
}
