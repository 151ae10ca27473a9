import { useFormContext, useWatch } from "react-hook-form";
import { ChoiceGroup } from "../forms/choice-group.tsx";
import { useMessages } from "../messages/messages-context.tsx";
import { HeaderFields } from "./header-fields.tsx";
import { anchorOf, type JobFieldValues, signInFieldNames } from "./job-field-values.ts";
import { LoginFields } from "./login-fields.tsx";
import { type SignInEntry, type SignInKind, signInOf } from "./sign-in-entry.ts";
import { SignInTest } from "./sign-in-test.tsx";
import { useFieldTexts } from "./use-field-texts.ts";

interface SignInFieldsProps {
  readonly entry: SignInEntry;
  readonly onEntry: (entry: SignInEntry) => void;
  /** Why the values have to be entered again. */
  readonly again?: string | undefined;
  /** What happens to the values besides being sent. */
  readonly note?: string | undefined;
}

/** How the scanner signs in to the target, with a test of it. */
export function SignInFields({ entry, onEntry, again, note }: SignInFieldsProps) {
  const { create, signIn: words } = useMessages();
  const { setValue, trigger, control } = useFormContext<JobFieldValues>();
  const kind = useWatch({ control, name: "signIn.kind" });
  const texts = useFieldTexts();
  const check = (): void => void trigger([...signInFieldNames]);
  const choose = (next: SignInKind, typed = entry): void => {
    setValue("signIn", signInOf(next, typed), { shouldDirty: true });
    if (texts("signIn").length > 0) check();
  };
  const change = (next: SignInEntry): void => {
    onEntry(next);
    choose(kind, next);
  };
  return (
    <>
      <ChoiceGroup
        legend={create.signInKind}
        anchor={anchorOf("signIn")}
        value={kind}
        onChange={choose}
        errors={texts("signIn", "own")}
        choices={[
          { value: "none", name: create.signInNone, hint: create.signInNoneHint },
          { value: "headers", name: create.signInHeaders, hint: create.signInHeadersHint },
          { value: "form", name: words.form, hint: words.formHint },
        ]}
      />
      {kind === "none" ? null : (
        <div className="ps-7">
          {again === undefined ? null : <p className="max-w-168 font-bold text-medium-text">{again}</p>}
          {kind === "headers" ? (
            <HeaderFields rows={entry.headers} onChange={(headers) => change({ ...entry, headers })} onBlur={check} />
          ) : (
            <LoginFields entry={entry} onChange={change} onBlur={check} />
          )}
          <p className="mt-5 max-w-168 text-text-2">{note ?? create.secretNote}</p>
          <SignInTest />
        </div>
      )}
    </>
  );
}
