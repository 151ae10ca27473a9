import { channelKinds } from "@wsc-dashboard/wsc-core";
import { Field } from "../../forms/field.tsx";
import { useChannelWords } from "../../messages/use-channel-words.ts";
import { Input, Select } from "../../ui/control.tsx";
import type { ChannelValues } from "./channel-values.ts";

export interface ChannelFieldsProps {
  readonly values: ChannelValues;
  readonly errorsAt: (path: string) => string[];
  readonly onChange: (change: Partial<ChannelValues>) => void;
}

interface ReceiverFieldsProps extends ChannelFieldsProps {
  readonly isNew: boolean;
  readonly isMailSet: boolean;
}

/** The receiver of a channel. The kind of an existing channel cannot be changed. */
export function ReceiverFields({ values, errorsAt, onChange, isNew, isMailSet }: ReceiverFieldsProps) {
  const words = useChannelWords();
  const { name, kind, receiver } = values;
  const receiverHint = kind === "email" ? words.mailHint : words.urlHint;
  return (
    <>
      <Field label={words.name} hint={words.nameHint} anchor="channel-name" errors={errorsAt("/name")} isRequired>
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={80}
            autoComplete="off"
            onChange={({ target }) => onChange({ name: target.value })}
          />
        )}
      </Field>
      {isNew ? (
        <Field
          label={words.kind}
          hint={isMailSet ? undefined : words.mailUnset}
          anchor="channel-kind"
          errors={errorsAt("/kind")}
        >
          {(control) => (
            <Select
              {...control}
              value={kind}
              onChange={({ target }) => onChange({ kind: channelKinds.find((each) => each === target.value) ?? kind })}
            >
              {channelKinds.map((each) => (
                <option key={each} value={each}>
                  {words.kinds[each]}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : null}
      <Field
        label={words.receiver}
        hint={isNew ? receiverHint : `${receiverHint} ${words.receiverKept}`}
        anchor="channel-receiver"
        errors={errorsAt("/receiver")}
        isRequired={isNew}
      >
        {(control) => (
          <Input
            {...control}
            type={kind === "email" ? "email" : "url"}
            value={receiver}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => onChange({ receiver: target.value })}
          />
        )}
      </Field>
    </>
  );
}
