import { digests } from "@wsc-dashboard/wsc-core";
import { ChoiceGroup } from "../../forms/choice-group.tsx";
import { Field } from "../../forms/field.tsx";
import { ZoneSelect } from "../../forms/zone-select.tsx";
import { languageNames, languages } from "../../messages/language.ts";
import { useChannelWords } from "../../messages/use-channel-words.ts";
import { Actions } from "../../ui/actions.tsx";
import { Input, Select } from "../../ui/control.tsx";
import type { TimeValues } from "./channel-values.ts";

interface TimeFieldsProps {
  readonly values: TimeValues;
  readonly errorsAt: (path: string) => string[];
  readonly onChange: (change: Partial<TimeValues>) => void;
}

/** When messages are sent, and in which language. */
export function TimeFields(props: TimeFieldsProps) {
  const { values, errorsAt, onChange } = props;
  const words = useChannelWords();
  return (
    <>
      <Field label={words.digest} anchor="channel-digest" errors={errorsAt("/digest")}>
        {(control) => (
          <Select
            {...control}
            value={values.digest}
            onChange={({ target }) => onChange({ digest: digests.find((each) => each === target.value) ?? "at-once" })}
          >
            {digests.map((digest) => (
              <option key={digest} value={digest}>
                {words.digests[digest]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {values.digest === "daily" || values.digest === "weekly" ? (
        <TimeField
          label={words.digestTime}
          anchor="channel-digest-time"
          value={values.digestTime}
          errors={errorsAt("/digestTime")}
          onChange={(digestTime) => onChange({ digestTime })}
        />
      ) : null}
      <QuietFields {...props} />
      <Field label={words.zone} anchor="channel-zone" errors={errorsAt("/zone")}>
        {(control) => <ZoneSelect control={control} value={values.zone} onChange={(zone) => onChange({ zone })} />}
      </Field>
      <Field label={words.language} anchor="channel-language" errors={errorsAt("/language")}>
        {(control) => (
          <Select
            {...control}
            value={values.language}
            onChange={({ target }) => onChange({ language: languages.find((code) => code === target.value) ?? "en" })}
          >
            {languages.map((code) => (
              <option key={code} value={code}>
                {languageNames[code]}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </>
  );
}

function QuietFields({ values, errorsAt, onChange }: TimeFieldsProps) {
  const words = useChannelWords();
  const { isQuiet, quiet } = values;
  return (
    <ChoiceGroup
      legend={words.quiet}
      anchor="channel-quiet"
      value={isQuiet ? "on" : "off"}
      errors={errorsAt("/quietHours")}
      choices={[
        { value: "off", name: words.quietOff },
        { value: "on", name: words.quietOn },
      ]}
      onChange={(value) => onChange({ isQuiet: value === "on" })}
    >
      {isQuiet ? (
        <Actions>
          <TimeField
            label={words.quietFrom}
            anchor="channel-quiet-from"
            value={quiet.from}
            errors={[]}
            onChange={(from) => onChange({ quiet: { ...quiet, from } })}
          />
          <TimeField
            label={words.quietTo}
            anchor="channel-quiet-to"
            value={quiet.to}
            errors={[]}
            onChange={(to) => onChange({ quiet: { ...quiet, to } })}
          />
        </Actions>
      ) : null}
    </ChoiceGroup>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly anchor: string;
  readonly value: string;
  readonly errors: readonly string[];
  readonly onChange: (value: string) => void;
}

function TimeField({ label, anchor, value, errors, onChange }: TimeFieldProps) {
  return (
    <Field label={label} anchor={anchor} errors={errors}>
      {(control) => (
        <Input {...control} isShort type="time" value={value} onChange={({ target }) => onChange(target.value)} />
      )}
    </Field>
  );
}
