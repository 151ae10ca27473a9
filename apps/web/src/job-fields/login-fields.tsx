import { isSignInParameterName } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { Field } from "../forms/field.tsx";
import { useMessages } from "../messages/messages-context.tsx";
import { Actions } from "../ui/actions.tsx";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/control.tsx";
import { withVisibleControls } from "../ui/plain-text.tsx";
import { anchorOf } from "./job-field-values.ts";
import { LoginFinder } from "./login-finder.tsx";
import { NamedRows } from "./named-rows.tsx";
import type { LoginFieldName, SignInEntry } from "./sign-in-entry.ts";
import { withHttps } from "./target-notes.ts";
import { useFieldTexts } from "./use-field-texts.ts";

interface LoginFieldsProps {
  readonly entry: SignInEntry;
  readonly onChange: (entry: SignInEntry) => void;
  readonly onBlur: () => void;
}

/** The target's login form: the URL it is sent to, and its fields. */
export function LoginFields({ entry, onChange, onBlur }: LoginFieldsProps) {
  const { create, signIn: words } = useMessages();
  const [isShown, setShown] = useState(false);
  const put = (name: LoginFieldName, value: string): void =>
    onChange({ ...entry, login: { ...entry.login, [name]: value } });
  const shared = { login: entry.login, onPut: put, onBlur };
  const { pageUrl, successText } = entry.login;
  return (
    <>
      <LoginField name="pageUrl" label={words.pageUrl} hint={words.pageUrlHint} kind="url" {...shared} />
      <LoginFinder
        pageUrl={pageUrl}
        onFound={({ actionUrl, idParam, passwordParam }) =>
          onChange({ ...entry, login: { ...entry.login, actionUrl, idParam, passwordParam } })
        }
      />
      <LoginField
        name="actionUrl"
        label={words.actionUrl}
        hint={words.actionUrlHint}
        kind="url"
        isRequired
        {...shared}
      />
      <div className="grid grid-cols-1 items-end gap-x-6 sm:grid-cols-2">
        <LoginField name="idParam" label={words.idParam} hint={words.idParamHint} isRequired {...shared} />
        <LoginField name="idValue" label={words.idValue} kind={isShown ? "text" : "secret"} isRequired {...shared} />
        <LoginField
          name="passwordParam"
          label={words.passwordParam}
          hint={words.passwordParamHint}
          isRequired
          {...shared}
        />
        <LoginField
          name="passwordValue"
          label={words.passwordValue}
          kind={isShown ? "text" : "secret"}
          isRequired
          {...shared}
        />
      </div>
      <Actions>
        <Button variant="quiet" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? create.hide : create.reveal}
        </Button>
      </Actions>
      <details
        className="mt-5 [&>summary]:min-h-6 [&>summary]:cursor-pointer [&>summary]:text-accent"
        open={successText !== "" || entry.extra.length > 0}
      >
        <summary>{words.more}</summary>
        <NamedRows
          legend={words.extra}
          anchor={anchorOf("signIn.extra")}
          rows={entry.extra}
          onChange={(extra) => onChange({ ...entry, extra })}
          onBlur={onBlur}
          addWord={words.addExtra}
          errors={useFieldTexts()("signIn.extra")}
        >
          <p className="max-w-168 text-text-2">{words.extraHint}</p>
        </NamedRows>
        <LoginField name="successText" label={words.successText} hint={words.successTextHint} {...shared} />
      </details>
    </>
  );
}

interface LoginFieldProps {
  readonly name: LoginFieldName;
  readonly label: string;
  readonly hint?: string;
  readonly kind?: "text" | "url" | "secret";
  readonly isRequired?: boolean;
  readonly login: SignInEntry["login"];
  readonly onPut: (name: LoginFieldName, value: string) => void;
  readonly onBlur: () => void;
}

function LoginField({ name, label, hint, kind = "text", isRequired = false, login, onPut, onBlur }: LoginFieldProps) {
  const { create, signIn: words } = useMessages();
  const path = `signIn.${name}`;
  const errors = useFieldTexts()(path);
  const value = login[name];
  const fixed = kind === "url" ? withHttps(value) : null;
  const isName = name === "idParam" || name === "passwordParam";
  const refused = refusedIn(value.trim());
  const isSecret = name === "idValue" || name === "passwordValue";
  return (
    <Field
      label={label}
      hint={hint}
      anchor={anchorOf(path)}
      errors={errors}
      isRequired={isRequired}
      after={
        <>
          {fixed ? (
            <Actions>
              <Button onClick={() => onPut(name, fixed)}>{create.addHttps}</Button>
            </Actions>
          ) : null}
          {isName && refused.length > 0 ? (
            <p className="max-w-168 text-text-2 tabular-nums">{words.notAllowed(refused.join(" "))}</p>
          ) : null}
        </>
      }
    >
      {(control) => (
        <Input
          {...control}
          type={kind === "secret" ? "password" : kind}
          inputMode={kind === "url" ? "url" : undefined}
          value={value}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          translate="no"
          data-secret={isSecret ? "" : undefined}
          onChange={({ target }) => onPut(name, target.value)}
          onBlur={onBlur}
          className="mono"
        />
      )}
    </Field>
  );
}

/** The characters not allowed in a parameter name, without duplicates and in visible form. */
function refusedIn(text: string): readonly string[] {
  const refused = [...new Set(text)].filter((character) => !isSignInParameterName(character));
  return refused.map((character) => (character === " " ? "\u2423" : withVisibleControls(character)));
}
