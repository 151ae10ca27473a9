import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { isIssueTemplate } from "@wsc-dashboard/wsc-core";
import { type FormEvent, useState } from "react";
import { issueTemplateQuery, saveIssueTemplate } from "../api/verdict-queries.ts";
import { Field } from "../forms/field.tsx";
import { describeError } from "../messages/error-text.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { useVerdictWords } from "../messages/verdict-words.ts";
import { Actions } from "../ui/actions.tsx";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/control.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { useToast } from "../ui/toaster.tsx";

/** Where administrators set the URL at which people open issues. */
export function IssueTemplateSection() {
  const messages = useMessages();
  const words = useVerdictWords();
  const client = useQueryClient();
  const toast = useToast();
  const { data: kept } = useQuery(issueTemplateQuery);
  const [entered, setEntered] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  const text = entered ?? kept ?? "";
  const saving = useMutation({
    mutationFn: () => saveIssueTemplate(text.trim() === "" ? null : text.trim()),
    onSuccess: ({ template }) => {
      client.setQueryData(issueTemplateQuery.queryKey, template);
      setEntered(null);
      toast(words.trackerSaved);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const isInvalid = text.trim() !== "" && !isIssueTemplate(text.trim());
    setWrong(isInvalid);
    if (!isInvalid && !saving.isPending) saving.mutate();
  };
  return (
    <section aria-labelledby="tracker-title">
      <h2 id="tracker-title" className="text-h2 mt-9 mb-2">
        {words.trackerTitle}
      </h2>
      <form className="max-w-168" onSubmit={submit} noValidate>
        <Field
          label={words.trackerField}
          hint={words.trackerText}
          anchor="issue-template"
          errors={isWrong ? [words.trackerInvalid] : []}
        >
          {(control) => (
            <Input
              {...control}
              spellCheck={false}
              autoComplete="off"
              maxLength={2000}
              placeholder="https://issues.example.com/new?title={title}&description={body}"
              value={text}
              onChange={({ target }) => setEntered(target.value)}
            />
          )}
        </Field>
        {saving.isError ? (
          <ErrorNotice heading={words.trackerFailed} description={describeError(messages, saving.error)} isAlert />
        ) : null}
        <Actions className="mt-3">
          <Button type="submit" inert={saving.isPending || text.trim() === (kept ?? "")}>
            {words.trackerSave}
          </Button>
        </Actions>
      </form>
    </section>
  );
}
