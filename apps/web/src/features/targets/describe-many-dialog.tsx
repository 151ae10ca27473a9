import { limits, type Target, tagSchema } from "@wsc-dashboard/wsc-core";
import { type FormEvent, useId, useState } from "react";
import { useSession } from "../../api/session-query.ts";
import { Field } from "../../forms/field.tsx";
import { errorTextOf, fieldTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useTargetDetailWords } from "../../messages/use-target-detail-words.ts";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/control.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { splitTags } from "./split-tags.ts";
import { type DescribeRow, useDescribeMany } from "./use-describe-many.ts";

export interface DescribeManyDialogProps {
  readonly targets: readonly Target[];
  readonly onClose: () => void;
}

const empty = { owner: "", service: "", addedTags: "", removedTags: "" };
type Values = typeof empty;

/** Normalized tags; `null` when one is not valid. */
function readTags(text: string): string[] | null {
  const read = splitTags(text).map((tag) => tagSchema.safeParse(tag));
  return read.every(({ success }) => success) ? read.flatMap(({ data }) => (data === undefined ? [] : [data])) : null;
}

const textOrNull = (text: string): string | null => (text.trim() === "" ? null : text);

/** Sets owner or service and adds or removes tags of several targets, with a result for each. */
export function DescribeManyDialog({ targets: given, onClose }: DescribeManyDialogProps) {
  const words = useTargetDetailWords();
  const { number } = useFormats();
  const formId = useId();
  // A refetch must not change what is being worked on.
  const [targets] = useState(given);
  const [values, setValues] = useState(empty);
  const { rows, isRunning, run, count } = useDescribeMany(targets);
  const [wrong, setWrong] = useState<readonly (keyof Values)[]>([]);
  const isStarted = rows.size > 0 || isRunning;
  const isEmpty = Object.values(values).every((text) => text.trim() === "");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isStarted || isEmpty) return;
    const [addedTags, removedTags] = [readTags(values.addedTags), readTags(values.removedTags)];
    setWrong([
      ...(addedTags === null ? (["addedTags"] as const) : []),
      ...(removedTags === null ? (["removedTags"] as const) : []),
    ]);
    if (addedTags === null || removedTags === null) return;
    const { owner, service } = values;
    void run({ owner: textOrNull(owner), service: textOrNull(service), addedTags, removedTags });
  };
  const isDone = isStarted && !isRunning;
  return (
    <Dialog
      title={
        isDone
          ? words.described(number(count("changed")), number(targets.length))
          : words.describeManyTitle(targets.length, number(targets.length))
      }
      onClose={onClose}
      closable={!isRunning}
      footer={
        <>
          <Button inert={isRunning} onClick={onClose}>
            {isDone ? words.close : words.cancel}
          </Button>
          {isDone ? null : (
            <Button variant="primary" type="submit" form={formId} inert={isRunning || isEmpty}>
              {isRunning ? words.saving : words.save}
            </Button>
          )}
        </>
      }
    >
      {isStarted ? (
        <ul aria-label={words.selectionBar}>
          {targets.map(({ host }) => (
            <li key={host} className="border-b border-hairline py-1.5">
              <PlainText text={host} className="font-bold" /> <RowState row={rows.get(host)} />
            </li>
          ))}
        </ul>
      ) : (
        <form id={formId} onSubmit={submit} noValidate>
          <p className="max-w-168 text-text-2">{words.describeManyText}</p>
          <Fields values={values} wrong={wrong} onChange={(change) => setValues({ ...values, ...change })} />
        </form>
      )}
    </Dialog>
  );
}

interface FieldsProps {
  readonly values: Values;
  readonly wrong: readonly (keyof Values)[];
  readonly onChange: (change: Partial<Values>) => void;
}

const lengths: Readonly<Record<keyof Values, number>> = {
  owner: limits.targetOwnerLength,
  service: limits.targetServiceLength,
  addedTags: limits.targetTags * (limits.targetTagLength + 2),
  removedTags: limits.targetTags * (limits.targetTagLength + 2),
};

function Fields({ values, wrong, onChange }: FieldsProps) {
  const messages = useMessages();
  const words = useTargetDetailWords();
  const { user } = useSession();
  return (
    <>
      {(["owner", "service", "addedTags", "removedTags"] as const).map((name) => (
        <Field
          key={name}
          label={words[name]}
          hint={name === "addedTags" ? words.tagsHint : undefined}
          anchor={`targets-${name}`}
          errors={wrong.includes(name) ? [fieldTextOf(messages, "INPUT_REFUSED")] : []}
        >
          {(control) => (
            <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
              <Input
                {...control}
                className="min-w-40 flex-1"
                autoComplete="off"
                maxLength={lengths[name]}
                value={values[name]}
                onChange={({ target }) => onChange({ [name]: target.value })}
              />
              {name === "owner" ? <Button onClick={() => onChange({ owner: user.name })}>{words.me}</Button> : null}
            </span>
          )}
        </Field>
      ))}
    </>
  );
}

function RowState({ row }: { readonly row: DescribeRow | undefined }) {
  const messages = useMessages();
  const words = useTargetDetailWords();
  if (row === undefined) return null;
  if (row.state !== "refused") return <span>{row.state === "changed" ? words.rowChanged : words.rowSame}</span>;
  const { title, next } = errorTextOf(messages, row.code);
  return (
    <span>
      <strong className="font-bold text-high-text">{title}</strong> {next}
    </span>
  );
}
