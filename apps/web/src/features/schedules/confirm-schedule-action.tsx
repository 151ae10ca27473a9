import { useQueryClient } from "@tanstack/react-query";
import { type Schedule, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef } from "react";
import { useKeyedMutation } from "../../api/idempotency-key.ts";
import { refreshSchedules, scheduleCalls } from "../../api/schedule-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { useToast } from "../../ui/toaster.tsx";
import { ruleText } from "./schedule-text.ts";

export type ScheduleActionKind = "pause" | "resume" | "remove";

interface ConfirmScheduleActionProps {
  readonly schedule: Schedule;
  readonly kind: ScheduleActionKind;
  readonly onClose: () => void;
  readonly onRemoved?: (() => void) | undefined;
}

export function ConfirmScheduleAction({ schedule, kind, onClose, onRemoved }: ConfirmScheduleActionProps) {
  const messages = useMessages();
  const { schedules: words, shell } = messages;
  const formats = useFormats();
  const client = useQueryClient();
  const toast = useToast();
  const safe = useRef<HTMLButtonElement>(null);
  const texts = words.confirm[kind];
  const act = useKeyedMutation<unknown>({
    act: (_, idempotencyKey) => scheduleCalls[kind]({ params: { id: schedule.id }, body: {} }, { idempotencyKey }),
    onSuccess: () => {
      toast(words.done[kind](targetHostOf(schedule.startUrl)));
      onClose();
      if (kind === "remove") onRemoved?.();
    },
    onSettled: () => void refreshSchedules(client, kind === "remove" ? schedule.id : undefined),
  });
  useEffect(() => safe.current?.focus(), []);
  return (
    <Dialog
      title={texts.title}
      onClose={onClose}
      closable={!act.isPending}
      footer={
        <>
          <Button buttonRef={safe} inert={act.isPending} onClick={onClose}>
            {act.isError ? shell.close : words.keep}
          </Button>
          <Button variant={kind === "remove" ? "danger" : "primary"} inert={act.isPending} onClick={() => act.mutate()}>
            {act.isPending ? words.working : texts.act}
          </Button>
        </>
      }
    >
      <p>
        <PlainText text={schedule.startUrl} className="font-bold" />
      </p>
      <p>{ruleText(messages, formats, schedule.rule)}</p>
      <p>{texts.text}</p>
      {act.isError ? <ErrorNotice description={describeError(messages, act.error)} isAlert /> : null}
    </Dialog>
  );
}
