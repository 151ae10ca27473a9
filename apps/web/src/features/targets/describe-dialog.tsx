import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { limits, type TargetDescription, type TargetDetails, targetDescriptionSchema } from "@wsc-dashboard/wsc-core";
import { type FormEvent, useId, useState } from "react";
import { useSession } from "../../api/session-query.ts";
import { describeTarget, removeTargetDetails, targetsQuery } from "../../api/target-query.ts";
import { Field } from "../../forms/field.tsx";
import { describeError, fieldTextOf } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useTargetDetailWords } from "../../messages/use-target-detail-words.ts";
import { Button } from "../../ui/button.tsx";
import { Input, TextArea } from "../../ui/control.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { useToast } from "../../ui/toaster.tsx";
import { splitTags } from "./split-tags.ts";
import { knownValues } from "./target-search.ts";

export interface DescribeDialogProps {
  readonly host: string;
  readonly details: TargetDetails | null;
  readonly onClose: () => void;
}

const names = ["owner", "service", "tags", "note"] as const;
type FieldName = (typeof names)[number];
type Values = Readonly<Record<FieldName, string>>;

const textOrNull = (text: string): string | null => (text.trim() === "" ? null : text);

/** The description in the fields, or the names of invalid fields. */
function read(values: Values): { readonly description?: TargetDescription; readonly wrong: readonly string[] } {
  const result = targetDescriptionSchema.safeParse({
    ...{ owner: textOrNull(values.owner), service: textOrNull(values.service) },
    ...{ tags: splitTags(values.tags), note: textOrNull(values.note) },
  });
  if (result.success) return { description: result.data, wrong: [] };
  return { wrong: result.error.issues.map(({ path }) => String(path[0])) };
}

/** Owner, service, tags and note of one target. A concurrent change by somebody else is not overwritten. */
export function DescribeDialog({ host, details, onClose }: DescribeDialogProps) {
  const messages = useMessages();
  const words = useTargetDetailWords();
  const client = useQueryClient();
  const toast = useToast();
  const formId = useId();
  const [values, setValues] = useState<Values>({
    ...{ owner: details?.owner ?? "", service: details?.service ?? "" },
    ...{ tags: details?.tags.join(", ") ?? "", note: details?.note ?? "" },
  });
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const done = (text: string): void => {
    void client.invalidateQueries({ queryKey: ["targets"] });
    toast(text);
    onClose();
  };
  const saving = useMutation({
    mutationFn: (description: TargetDescription) => describeTarget(host, description, details?.version ?? 0),
    onSuccess: () => done(words.saved),
  });
  const removing = useMutation({
    mutationFn: () => removeTargetDetails(host),
    onSuccess: () => done(words.removed),
  });
  const isBusy = saving.isPending || removing.isPending;
  const error = saving.error ?? removing.error;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { description, wrong: found } = read(values);
    setWrong(found);
    if (description !== undefined && !isBusy) saving.mutate(description);
    else document.getElementById(`target-${found[0]}`)?.focus();
  };
  return (
    <Dialog
      title={words.title(withVisibleControls(host))}
      onClose={onClose}
      closable={!isBusy}
      footer={
        <>
          {details === null ? null : (
            <span className="me-auto">
              <Button inert={isBusy} onClick={() => removing.mutate()}>
                {words.remove}
              </Button>
            </span>
          )}
          <Button inert={isBusy} onClick={onClose}>
            {words.cancel}
          </Button>
          <Button variant="primary" type="submit" form={formId} inert={isBusy}>
            {isBusy ? words.saving : words.save}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate>
        {error === null ? null : (
          <ErrorNotice heading={words.failed} description={describeError(messages, error)} isAlert />
        )}
        <DescribeFields
          values={values}
          errorsAt={(name) => (wrong.includes(name) ? [fieldTextOf(messages, "INPUT_REFUSED")] : [])}
          onChange={(change) => setValues({ ...values, ...change })}
        />
      </form>
    </Dialog>
  );
}

interface DescribeFieldsProps {
  readonly values: Values;
  readonly errorsAt: (name: FieldName) => string[];
  readonly onChange: (change: Partial<Values>) => void;
}

function DescribeFields({ values, errorsAt, onChange }: DescribeFieldsProps) {
  const words = useTargetDetailWords();
  const { user } = useSession();
  // Suggestions only: the fields work without them.
  const { data } = useQuery(targetsQuery);
  const known = knownValues(data?.targets ?? []);
  const ids = { owner: useId(), service: useId() };
  const fieldOf = (name: FieldName) => ({ label: words[name], anchor: `target-${name}`, errors: errorsAt(name) });
  return (
    <>
      <Field {...fieldOf("owner")} hint={words.ownerHint}>
        {(control) => (
          <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
            <Input
              {...control}
              className="min-w-40 flex-1"
              list={ids.owner}
              autoComplete="off"
              maxLength={limits.targetOwnerLength}
              value={values.owner}
              onChange={({ target }) => onChange({ owner: target.value })}
            />
            <Button onClick={() => onChange({ owner: user.name })}>{words.me}</Button>
          </span>
        )}
      </Field>
      <Field {...fieldOf("service")} hint={words.serviceHint}>
        {(control) => (
          <Input
            {...control}
            list={ids.service}
            autoComplete="off"
            maxLength={limits.targetServiceLength}
            value={values.service}
            onChange={({ target }) => onChange({ service: target.value })}
          />
        )}
      </Field>
      <Field {...fieldOf("tags")} hint={words.tagsHint}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={limits.targetTags * (limits.targetTagLength + 2)}
            value={values.tags}
            onChange={({ target }) => onChange({ tags: target.value })}
          />
        )}
      </Field>
      <Field {...fieldOf("note")}>
        {(control) => (
          <TextArea
            {...control}
            dir="auto"
            rows={3}
            maxLength={limits.targetNoteLength}
            value={values.note}
            onChange={({ target }) => onChange({ note: target.value })}
          />
        )}
      </Field>
      {(["owner", "service"] as const).map((name) => (
        <datalist key={name} id={ids[name]}>
          {known[name].map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      ))}
    </>
  );
}
