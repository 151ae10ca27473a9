import { notificationEvents, severities } from "@wsc-dashboard/wsc-core";
import { useId } from "react";
import { Field } from "../../forms/field.tsx";
import { FieldErrors } from "../../forms/field-errors.tsx";
import { FieldSet, fieldClass } from "../../forms/field-set.tsx";
import { ScopeFields } from "../../forms/scope-fields.tsx";
import { useChannelWords } from "../../messages/use-channel-words.ts";
import { ChoiceLine } from "../../ui/choice-line.tsx";
import { Select } from "../../ui/control.tsx";
import { toggled } from "./channel-values.ts";
import type { ChannelFieldsProps } from "./receiver-fields.tsx";

/** Which notifications the channel receives. */
export function RuleFields(props: ChannelFieldsProps) {
  const { values, errorsAt, onChange } = props;
  const words = useChannelWords();
  const id = useId();
  return (
    <>
      <EventChecks {...props} />
      <ScopeFields
        legend={words.targets}
        anchor="channel-target"
        allName={words.allTargets}
        someName={words.someTargets}
        linesLabel={words.hosts}
        linesHint={words.hostsHint}
        value={values.scope}
        entries={values.hosts}
        errors={errorsAt("/targets")}
        onValue={(scope) => onChange({ scope })}
        onEntries={(hosts) => onChange({ hosts })}
      />
      <ScopeFields
        legend={words.tags}
        anchor="channel-tag"
        allName={words.anyTags}
        someName={words.someTags}
        linesLabel={words.tagLines}
        linesHint={words.tagsHint}
        value={values.tagScope}
        entries={values.tags}
        errors={errorsAt("/tags")}
        onValue={(tagScope) => onChange({ tagScope })}
        onEntries={(tags) => onChange({ tags })}
      />
      <ScopeFields
        legend={words.people}
        anchor="channel-people"
        allName={words.everybody}
        someName={words.somePeople}
        linesLabel={words.names}
        linesHint={words.namesHint}
        value={values.audience}
        entries={values.names}
        errors={errorsAt("/people")}
        onValue={(audience) => onChange({ audience })}
        onEntries={(names) => onChange({ names })}
      />
      <Field label={words.severity} anchor="channel-severity" errors={errorsAt("/minimumSeverity")}>
        {(control) => (
          <Select
            {...control}
            value={values.minimumSeverity ?? ""}
            onChange={({ target }) =>
              onChange({ minimumSeverity: severities.find((each) => each === target.value) ?? null })
            }
          >
            <option value="">{words.anySeverity}</option>
            {severities.map((severity) => (
              <option key={severity} value={severity}>
                {words.severityFrom[severity]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className={fieldClass}>
        <ChoiceLine>
          <input
            id={`${id}names`}
            type="checkbox"
            checked={values.findingNames}
            aria-describedby={`${id}hint`}
            onChange={({ target }) => onChange({ findingNames: target.checked })}
          />
          <label htmlFor={`${id}names`}>{words.findingNames}</label>
          <p id={`${id}hint`} className="max-w-168 text-text-2">
            {words.findingNamesHint}
          </p>
        </ChoiceLine>
      </div>
    </>
  );
}

function EventChecks({ values, errorsAt, onChange }: ChannelFieldsProps) {
  const words = useChannelWords();
  const id = useId();
  const errors = errorsAt("/events");
  return (
    <FieldSet
      legend={words.events}
      isInvalid={errors.length > 0}
      aria-describedby={errors.length > 0 ? `${id}error` : undefined}
    >
      {notificationEvents.map((event) => (
        <ChoiceLine key={event}>
          <input
            id={`${id}${event}`}
            type="checkbox"
            checked={values.events.includes(event)}
            onChange={({ target }) => onChange({ events: toggled(values.events, event, target.checked) })}
          />
          <label htmlFor={`${id}${event}`}>{words.eventNames[event]}</label>
        </ChoiceLine>
      ))}
      <FieldErrors id={`${id}error`} errors={errors} />
    </FieldSet>
  );
}
