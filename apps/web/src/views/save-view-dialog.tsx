import { useQueryClient } from "@tanstack/react-query";
import { limits, type ViewList } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { useKeyedMutation } from "../api/idempotency-key.ts";
import { useMay } from "../api/session-query.ts";
import { createView, setDefaultView, shareView } from "../api/view-queries.ts";
import { Field } from "../forms/field.tsx";
import { FormDialog } from "../forms/form-dialog.tsx";
import { describeError } from "../messages/error-text.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { useViewWords } from "../messages/use-view-words.ts";
import { Input } from "../ui/control.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { useToast } from "../ui/toaster.tsx";
import { Toggle } from "../ui/toggle.tsx";

export interface ViewDialogProps {
  readonly list: ViewList;
  /** The current filters and order of the list. */
  readonly search: Readonly<Record<string, string>>;
  readonly onClose: () => void;
}

/** Saves the filters of a list under a name. */
export function SaveViewDialog({ list, search, onClose }: ViewDialogProps) {
  const messages = useMessages();
  const words = useViewWords();
  const client = useQueryClient();
  const toast = useToast();
  const mayShare = useMay("views.share");
  const [name, setName] = useState("");
  const [isShared, setShared] = useState(false);
  const [isDefault, setDefault] = useState(false);
  const [isWrong, setWrong] = useState(false);
  const isEmpty = Object.keys(search).length === 0;
  const saving = useKeyedMutation({
    // Each step may be repeated: with the same key, the first returns the view it created before.
    act: async (_input: undefined, key) => {
      const { view } = await createView(list, { name, search }, key);
      if (isShared) await shareView(view.id, true);
      if (isDefault) await setDefaultView(list, view.id);
    },
    onSuccess: () => {
      toast(words.saved(name.trim()));
      onClose();
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ["views", list] }),
  });
  const submit = (): void => {
    const isNameless = name.trim() === "";
    setWrong(isNameless);
    if (!isNameless) saving.mutate(undefined);
  };
  return (
    <FormDialog
      title={words.saveTitle}
      cancel={words.cancel}
      submit={saving.isPending ? words.saving : words.saveNow}
      isBusy={saving.isPending}
      isIncomplete={isEmpty}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="max-w-168 text-text-2">{isEmpty ? words.nothingToSave : words.saveText}</p>
      {saving.error === null ? null : (
        <ErrorNotice heading={words.failed} description={describeError(messages, saving.error)} isAlert />
      )}
      <Field label={words.name} anchor="view-name" isRequired errors={isWrong ? [words.nameWrong] : []}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={limits.viewNameLength}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      {mayShare ? (
        <Toggle isLine checked={isShared} onChange={({ target }) => setShared(target.checked)}>
          {words.shareWithAll}
        </Toggle>
      ) : null}
      <Toggle isLine checked={isDefault} onChange={({ target }) => setDefault(target.checked)}>
        {words.openFirst}
      </Toggle>
    </FormDialog>
  );
}
