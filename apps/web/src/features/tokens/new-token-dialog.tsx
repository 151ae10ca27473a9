import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Role, roles, WscError } from "@wsc-dashboard/wsc-core";
import { type FormEvent, useId, useState } from "react";
import { createToken, tokensQuery } from "../../api/token-queries.ts";
import { Field } from "../../forms/field.tsx";
import { ScopeFields } from "../../forms/scope-fields.tsx";
import { describeError, fieldTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useTokenWords } from "../../messages/use-token-words.ts";
import { Button } from "../../ui/button.tsx";
import { Input, Select } from "../../ui/control.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";

const lifetimes = [7, 30, 90, 180, 365] as const;
const usualLifetime = 90;

interface TokenValues {
  readonly name: string;
  readonly role: Role;
  readonly scope: "all" | "some";
  readonly hosts: readonly string[];
  readonly expiresInDays: number;
}

const emptyValues: TokenValues = {
  name: "",
  role: "operator",
  scope: "all",
  hosts: [],
  expiresInDays: usualLifetime,
};

/** Creates a token, then shows its text, once. */
export function NewTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useTokenWords();
  const client = useQueryClient();
  const [values, setValues] = useState(emptyValues);
  const formId = useId();
  const creating = useMutation({
    mutationFn: ({ name, role, scope, hosts, expiresInDays }: TokenValues) =>
      createToken({ name: name.trim(), role, targets: scope === "all" ? null : [...hosts], expiresInDays }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
    // The result is a secret and must not outlive the dialog.
    gcTime: 0,
  });
  if (creating.data !== undefined) return <TokenText text={creating.data.text} onClose={onClose} />;
  return (
    <Dialog
      title={words.createTitle}
      onClose={onClose}
      closable={!creating.isPending}
      footer={
        <>
          <Button inert={creating.isPending} onClick={onClose}>
            {words.cancel}
          </Button>
          <Button variant="primary" type="submit" form={formId} inert={creating.isPending}>
            {creating.isPending ? words.creating : words.submit}
          </Button>
        </>
      }
    >
      <TokenForm
        id={formId}
        values={values}
        error={creating.error}
        onChange={(change) => setValues({ ...values, ...change })}
        onSubmit={() => creating.mutate(values)}
      />
    </Dialog>
  );
}

interface TokenFormProps {
  readonly id: string;
  readonly values: TokenValues;
  readonly error: Error | null;
  readonly onChange: (change: Partial<TokenValues>) => void;
  readonly onSubmit: () => void;
}

function TokenForm({ id, values, error, onChange, onSubmit }: TokenFormProps) {
  const messages = useMessages();
  const words = useTokenWords();
  const { number } = useFormats();
  const problems = error instanceof WscError ? (error.details.errors ?? []) : [];
  const errorsAt = (path: string): string[] => [
    ...new Set(
      problems
        .filter(({ pointer }) => pointer === path || pointer.startsWith(`${path}/`))
        .map(({ code }) => fieldTextOf(messages, code)),
    ),
  ];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form id={id} onSubmit={submit} noValidate>
      {error !== null && problems.length === 0 ? (
        <ErrorNotice heading={words.createFailed} description={describeError(messages, error)} isAlert />
      ) : null}
      <Field label={words.name} hint={words.nameHint} anchor="token-name" errors={errorsAt("/name")} isRequired>
        {(control) => (
          <Input
            {...control}
            value={values.name}
            maxLength={80}
            autoComplete="off"
            onChange={({ target }) => onChange({ name: target.value })}
          />
        )}
      </Field>
      <Field label={words.role} anchor="token-role" errors={errorsAt("/role")}>
        {(control) => (
          <Select
            {...control}
            value={values.role}
            onChange={({ target }) => onChange({ role: roles.find((role) => role === target.value) ?? values.role })}
          >
            {roles.map((role) => (
              <option key={role} value={role}>
                {messages.shell.roles[role]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <ScopeFields
        legend={words.targets}
        anchor="token"
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
      <Field label={words.lifetime} anchor="token-lifetime" errors={errorsAt("/expiresInDays")}>
        {(control) => (
          <Select
            {...control}
            value={values.expiresInDays}
            onChange={({ target }) => onChange({ expiresInDays: Number(target.value) })}
          >
            {lifetimes.map((days) => (
              <option key={days} value={days}>
                {words.days(number(days))}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </form>
  );
}

/** The text of a new token. Only the button closes the dialog, because the text is not shown again. */
function TokenText({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const words = useTokenWords();
  return (
    <Dialog
      title={words.createdTitle}
      onClose={onClose}
      closable={false}
      footer={
        <>
          <CopyButton text={text} label={words.copy} isWordy />
          <Button variant="primary" onClick={onClose}>
            {words.done}
          </Button>
        </>
      }
    >
      <p>{words.createdNote}</p>
      <p>
        <code className="block rounded-md border border-hairline px-3 py-2.5 wrap-anywhere select-all" translate="no">
          {text}
        </code>
      </p>
      <p className="max-w-168 text-text-2">{words.useNote}</p>
    </Dialog>
  );
}
