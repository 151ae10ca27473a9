import {
  comesTwice,
  isBlackedOut,
  isTimeZone,
  localTimeOf,
  nextLocalTime,
  readLocalTime,
  weekdays,
} from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { ChoiceGroup } from "../../forms/choice-group.tsx";
import { Field } from "../../forms/field.tsx";
import { ZoneSelect } from "../../forms/zone-select.tsx";
import { anchorOf } from "../../job-fields/job-field-values.ts";
import type { StartTime } from "../../job-fields/start-time.ts";
import { useFieldTexts } from "../../job-fields/use-field-texts.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/control.tsx";
import { useNow } from "../../ui/hooks.ts";
import { type WizardValues, whenFields } from "./wizard-values.ts";

type ChosenTime = Extract<StartTime, { kind: "at" }>;

const workingHours = [{ days: weekdays.slice(0, 5), from: "09:00", to: "18:00" }];

/** Now, or at a wall time. Repeating leads to the schedule form. */
export function WhenStep() {
  const { create, review, shell } = useMessages();
  const { zone } = useFormats();
  const { setValue, trigger, control } = useFormContext<WizardValues>();
  const when = useWatch({ control, name: "when" });
  const texts = useFieldTexts();
  const now = useNow(60_000);
  const [kept, setKept] = useState<ChosenTime>(when.kind === "at" ? when : { kind: "at", localTime: "", zone });
  const change = (next: StartTime): void => {
    if (next.kind === "at") setKept(next);
    setValue("when", next, { shouldDirty: true, shouldTouch: true });
    if (texts("when").length > 0) void trigger([...whenFields]);
  };
  const instant = when.kind === "at" ? instantOf(when) : new Date(now);
  const isBusy = when.kind !== "repeat" && instant !== undefined && isWorkingTime(instant, kept.zone);
  return (
    <>
      <ChoiceGroup
        legend={create.whenKind}
        anchor={when.kind === "at" ? `${anchorOf("when")}-kind` : anchorOf("when")}
        value={when.kind}
        onChange={(kind) => {
          change(kind === "at" ? kept : { kind });
          if (kind !== "at") void trigger([...whenFields]);
        }}
        errors={when.kind === "at" ? [] : texts("when")}
        choices={[
          { value: "now", name: create.whenNow, hint: create.whenNowHint },
          { value: "at", name: create.whenAt, hint: create.whenAtHint },
          { value: "repeat", name: create.whenRepeat, hint: create.whenRepeatHint },
        ]}
      />
      {when.kind === "at" ? (
        <TimeFields when={when} onChange={change} onBlur={() => void trigger([...whenFields])} />
      ) : null}
      {isBusy ? <p className="mt-5 max-w-168 font-bold text-medium-text">{create.workingHours}</p> : null}
      <p className="mt-5 max-w-168 text-text-2">
        {when.kind === "repeat" ? shell.sentences(review.costRepeat, create.blackoutHint) : review.costOnce}
      </p>
    </>
  );
}

function instantOf({ localTime, zone }: ChosenTime): Date | undefined {
  return isTimeZone(zone) ? readLocalTime(localTime, zone).instant : undefined;
}

function isWorkingTime(instant: Date, zone: string): boolean {
  if (!isTimeZone(zone)) return false;
  const { day, time } = localTimeOf(instant, zone);
  return isBlackedOut(day, time, workingHours);
}

interface TimeFieldsProps {
  readonly when: ChosenTime;
  readonly onChange: (when: StartTime) => void;
  readonly onBlur: () => void;
}

function TimeFields({ when, onChange, onBlur }: TimeFieldsProps) {
  const { create, review } = useMessages();
  const formats = useFormats();
  const texts = useFieldTexts();
  const anchor = anchorOf("when");
  const zoneErrors = texts("when.zone");
  const timeErrors = texts("when").filter((text) => !zoneErrors.includes(text));
  const instant = instantOf(when);
  const skipped = isTimeZone(when.zone) ? nextLocalTime(when.localTime, when.zone) : undefined;
  return (
    <div className="ps-7">
      <Field
        label={create.localTime}
        anchor={anchor}
        errors={timeErrors}
        isRequired
        after={
          skipped === undefined ? null : (
            <Actions>
              <Button onClick={() => onChange({ ...when, localTime: skipped })}>
                {review.takeTime(skipped.replace("T", " "))}
              </Button>
            </Actions>
          )
        }
      >
        {(props) => (
          <Input
            {...props}
            type="datetime-local"
            value={when.localTime}
            onChange={({ target }) => onChange({ ...when, localTime: target.value.slice(0, 16) })}
            onBlur={onBlur}
            isShort
          />
        )}
      </Field>
      <Field label={create.zone} anchor={`${anchor}-zone`} errors={zoneErrors}>
        {(props) => <ZoneSelect control={props} value={when.zone} onChange={(zone) => onChange({ ...when, zone })} />}
      </Field>
      {instant === undefined ? null : (
        <p className="mt-5 max-w-168 text-text-2 tabular-nums">
          {formats.bothTimes(instant.toISOString(), when.zone)}
          {comesTwice(instant, when.zone) ? (
            <span className="block font-bold text-medium-text">{create.overlapNote}</span>
          ) : null}
        </p>
      )}
    </div>
  );
}
