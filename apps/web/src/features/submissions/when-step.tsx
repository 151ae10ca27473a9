import { Link } from "@tanstack/react-router";
import { comesTwice, isTimeZone, readLocalTime } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { ChoiceGroup } from "../../forms/choice-group.tsx";
import { Field } from "../../forms/field.tsx";
import { ZoneSelect } from "../../forms/zone-select.tsx";
import { anchorOf } from "../../job-fields/job-field-values.ts";
import { useFieldTexts } from "../../job-fields/use-field-texts.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { type NewJobValues, type WhenValues, whenFields } from "./new-job-values.ts";

/** Now, or at a wall time; what is to be repeated is a schedule, which has a form of its own. */
export function WhenStep() {
  const { create } = useMessages();
  const { zone } = useFormats();
  const { setValue, trigger, control, getValues } = useFormContext<NewJobValues>();
  const when = useWatch({ control, name: "when" });
  const texts = useFieldTexts();
  const [kept, setKept] = useState({ localTime: "", zone });
  const change = (next: WhenValues): void => {
    if (next.kind === "at") setKept(next);
    setValue("when", next, { shouldDirty: true, shouldTouch: true });
    if (texts("when").length > 0) void trigger([...whenFields]);
  };
  return (
    <>
      <ChoiceGroup
        legend={create.whenKind}
        anchor={when.kind === "now" ? anchorOf("when") : `${anchorOf("when")}-kind`}
        value={when.kind}
        onChange={(kind) => {
          change(kind === "now" ? { kind } : { kind, ...kept });
          if (kind === "now") void trigger([...whenFields]);
        }}
        errors={when.kind === "now" ? texts("when") : []}
        choices={[
          { value: "now", name: create.whenNow, hint: create.whenNowHint },
          { value: "at", name: create.whenAt, hint: create.whenAtHint },
        ]}
      />
      {when.kind === "at" ? (
        <TimeFields when={when} onChange={change} onBlur={() => void trigger([...whenFields])} />
      ) : null}
      <div className="field">
        <Link
          to="/schedules/new"
          state={(previous) => {
            const { startUrl, excludeUrls, items, userAgent, speed, memo } = getValues();
            return { ...previous, jobFields: { startUrl, excludeUrls, items, userAgent, speed, memo } };
          }}
        >
          {create.whenRepeat}
        </Link>
        <p className="hint">{create.whenRepeatHint}</p>
      </div>
    </>
  );
}

interface TimeFieldsProps {
  readonly when: Extract<WhenValues, { kind: "at" }>;
  readonly onChange: (when: WhenValues) => void;
  readonly onBlur: () => void;
}

function TimeFields({ when, onChange, onBlur }: TimeFieldsProps) {
  const { create } = useMessages();
  const formats = useFormats();
  const texts = useFieldTexts();
  const anchor = anchorOf("when");
  const zoneErrors = texts("when.zone");
  const timeErrors = texts("when").filter((text) => !zoneErrors.includes(text));
  const { instant } = isTimeZone(when.zone) ? readLocalTime(when.localTime, when.zone) : { instant: undefined };
  return (
    <div className="indented">
      <Field label={create.localTime} anchor={anchor} errors={timeErrors} isRequired>
        {(props) => (
          <input
            {...props}
            type="datetime-local"
            className="input input-short"
            value={when.localTime}
            onChange={({ target }) => onChange({ ...when, localTime: target.value.slice(0, 16) })}
            onBlur={onBlur}
          />
        )}
      </Field>
      <Field label={create.zone} anchor={`${anchor}-zone`} errors={zoneErrors}>
        {(props) => <ZoneSelect control={props} value={when.zone} onChange={(zone) => onChange({ ...when, zone })} />}
      </Field>
      {instant === undefined ? null : (
        <p className="hint field figure">
          {formats.bothTimes(instant.toISOString(), when.zone)}
          {comesTwice(instant, when.zone) ? <span className="line-note tone-medium">{create.overlapNote}</span> : null}
        </p>
      )}
    </div>
  );
}
