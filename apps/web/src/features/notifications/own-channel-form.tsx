import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type OwnChannel,
  type OwnEvent,
  ownEvents,
  ownTargetEvents,
  personalEvents,
  WscError,
} from "@wsc-dashboard/wsc-core";
import { type FormEvent, useId, useState } from "react";
import { ownChannelCalls, ownChannelQuery } from "../../api/own-channel-query.ts";
import { useSession } from "../../api/session-query.ts";
import { Field } from "../../forms/field.tsx";
import { FieldErrors } from "../../forms/field-errors.tsx";
import { FieldSet } from "../../forms/field-set.tsx";
import { LinesField } from "../../forms/lines-field.tsx";
import { describeError, fieldTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useChannelWords } from "../../messages/use-channel-words.ts";
import { useOwnChannelWords } from "../../messages/use-own-channel-words.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceLine } from "../../ui/choice-line.tsx";
import { Input } from "../../ui/control.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useToast } from "../../ui/toaster.tsx";
import { type OwnChannelValues, ownSettingsOf, ownValuesOf } from "./own-channel-values.ts";
import { TimeFields } from "./time-fields.tsx";

/** Where and when a person is notified, and of what. */
export function OwnChannelForm({ channel }: { readonly channel: OwnChannel | null }) {
  const messages = useMessages();
  const words = useOwnChannelWords();
  const { zone, language } = useFormats();
  const { name } = useSession().user;
  const client = useQueryClient();
  const toast = useToast();
  const [values, setValues] = useState(() => ownValuesOf(channel, { name, zone, language }));
  const saving = useMutation({
    mutationFn: (given: OwnChannelValues) => ownChannelCalls.save({ body: ownSettingsOf(given) }),
    onSuccess: async () => {
      toast(words.saved);
      await client.invalidateQueries({ queryKey: ownChannelQuery.queryKey });
    },
  });
  const problems = saving.error instanceof WscError ? (saving.error.details.errors ?? []) : [];
  const errorsAt = (path: string): string[] => {
    const own = problems.filter(({ pointer }) => pointer === path || pointer.startsWith(`${path}/`));
    return [...new Set(own.map(({ code }) => fieldTextOf(messages, code)))];
  };
  const change = (some: Partial<OwnChannelValues>): void => setValues({ ...values, ...some });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!saving.isPending) saving.mutate(values);
  };
  return (
    <form className="max-w-168" onSubmit={submit} noValidate>
      {saving.error !== null && problems.length === 0 ? (
        <ErrorNotice heading={words.saveFailed} description={describeError(messages, saving.error)} isAlert />
      ) : null}
      <Field
        label={words.receiver}
        hint={words.receiverHint}
        anchor="own-receiver"
        errors={errorsAt("/receiver")}
        isRequired
      >
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="email"
            value={values.receiver}
            onChange={({ target }) => change({ receiver: target.value })}
          />
        )}
      </Field>
      <LinesField
        label={words.names}
        hint={words.namesHint}
        anchor="own-names"
        entries={values.names}
        errors={errorsAt("/names")}
        countText=""
        rows={2}
        onChange={(names) => change({ names })}
      />
      <EventChecks
        legend={words.aboutMe}
        offered={personalEvents}
        chosen={values.events}
        errors={errorsAt("/events")}
        onChange={(events) => change({ events })}
      />
      <EventChecks
        legend={words.aboutTargets}
        offered={ownTargetEvents}
        chosen={values.events}
        errors={[]}
        onChange={(events) => change({ events })}
      />
      <TimeFields values={values} errorsAt={errorsAt} onChange={change} />
      <div className="mt-6">
        <Button variant="primary" type="submit" inert={saving.isPending}>
          {saving.isPending ? words.saving : channel === null ? words.submit : words.save}
        </Button>
      </div>
    </form>
  );
}

interface EventChecksProps {
  readonly legend: string;
  readonly offered: readonly OwnEvent[];
  readonly chosen: readonly OwnEvent[];
  readonly errors: readonly string[];
  readonly onChange: (events: OwnEvent[]) => void;
}

function EventChecks({ legend, offered, chosen, errors, onChange }: EventChecksProps) {
  const { eventNames } = useChannelWords();
  const id = useId();
  return (
    <FieldSet
      legend={legend}
      isInvalid={errors.length > 0}
      aria-describedby={errors.length > 0 ? `${id}error` : undefined}
    >
      {offered.map((event) => (
        <ChoiceLine key={event}>
          <input
            id={`${id}${event}`}
            type="checkbox"
            checked={chosen.includes(event)}
            onChange={({ target }) =>
              onChange(ownEvents.filter((each) => (each === event ? target.checked : chosen.includes(each))))
            }
          />
          <label htmlFor={`${id}${event}`}>{eventNames[event]}</label>
        </ChoiceLine>
      ))}
      <FieldErrors id={`${id}error`} errors={errors} />
    </FieldSet>
  );
}
