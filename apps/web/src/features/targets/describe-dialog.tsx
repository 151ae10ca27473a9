import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { limits, type TargetDescription, type TargetDetails, targetDescriptionSchema } from "@wsc-dashboard/wsc-core";
import { useId, useState } from "react";
import { useSession } from "../../api/session-query.ts";
import { describeTarget, removeTargetDetails, targetsQuery } from "../../api/target-query.ts";
import { Field } from "../../forms/field.tsx";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { OwnerField } from "../../forms/owner-field.tsx";
import { describeError, fieldTextOf } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useTargetDetailWords } from "../../messages/use-target-detail-words.ts";
import { Button } from "../../ui/button.tsx";
import { Input, TextArea } from "../../ui/control.tsx";
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
  const submit = (): void => {
    const { description, wrong: found } = read(values);
    setWrong(found);
    if (description !== undefined) saving.mutate(description);
    else document.getElementById(`target-${found[0]}`)?.focus();
  };
  return (
    <FormDialog
      title={words.title(withVisibleControls(host))}
      cancel={words.cancel}
      submit={isBusy ? words.saving : words.save}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
      act={
        details === null ? undefined : (
          <Button inert={isBusy} onClick={() => removing.mutate()}>
            {words.remove}
          </Button>
        )
      }
    >
      {error === null ? null : (
        <ErrorNotice heading={words.failed} description={describeError(messages, error)} isAlert />
      )}
      <DescribeFields
        values={values}
        errorsAt={(name) => (wrong.includes(name) ? [fieldTextOf(messages, "INPUT_REFUSED")] : [])}
        onChange={(change) => setValues({ ...values, ...change })}
      />
    </FormDialog>
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
      <OwnerField
        {...fieldOf("owner")}
        hint={words.ownerHint}
        value={values.owner}
        maxLength={limits.targetOwnerLength}
        suggestions={ids.owner}
        me={{ label: words.me, name: user.name }}
        onChange={(owner) => onChange({ owner })}
      />
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
