import { useFormContext, useWatch } from "react-hook-form";
import { TargetText } from "../domain-ui/target-text.tsx";
import { Field } from "../forms/field.tsx";
import { useMessages } from "../messages/messages-context.tsx";
import { Actions } from "../ui/actions.tsx";
import { Button, linkButtonClass } from "../ui/button.tsx";
import { Input } from "../ui/control.tsx";
import { keepFieldFocus } from "../ui/keep-focus.ts";
import { anchorOf, type JobFieldValues } from "./job-field-values.ts";
import { asciiHostOf, isLocalHost, unicodeHostOf, withHttps } from "./target-notes.ts";
import { useFieldTexts } from "./use-field-texts.ts";

interface StartUrlFieldProps {
  readonly isEmulator: boolean;
  readonly recent: readonly string[];
}

/** The URL at which the scanner begins, with notes about it. */
export function StartUrlField({ isEmulator, recent }: StartUrlFieldProps) {
  const { create, target: words } = useMessages();
  const { register, setValue, control } = useFormContext<JobFieldValues>();
  const [startUrl, rescanOf] = useWatch({ control, name: ["startUrl", "rescanOf"] });
  const texts = useFieldTexts();
  const url = register("startUrl");
  const isLocked = rescanOf !== undefined;
  const put = (chosen: string): void =>
    setValue("startUrl", chosen, { shouldValidate: true, shouldDirty: true, shouldTouch: true });
  const fixed = withHttps(startUrl);
  const ascii = asciiHostOf(startUrl);
  const unicode = unicodeHostOf(startUrl);
  return (
    <Field
      label={create.startUrl}
      hint={isLocked ? create.rescanLocked : create.startUrlHint}
      anchor={anchorOf("startUrl")}
      errors={texts("startUrl")}
      isRequired
      after={
        <>
          {fixed ? (
            <Actions>
              <Button onClick={() => put(fixed)}>{create.addHttps}</Button>
            </Actions>
          ) : null}
          {ascii ? <p className="max-w-168 text-text-2">{create.idnNote(ascii)}</p> : null}
          {unicode ? <p className="max-w-168 text-text-2">{words.readAs(unicode)}</p> : null}
          {isLocalHost(startUrl) && !isEmulator ? (
            <p className="max-w-168 font-bold text-medium-text">{create.localAddress}</p>
          ) : null}
          {isLocked || startUrl !== "" || recent.length === 0 ? null : <RecentTargets urls={recent} onChoose={put} />}
        </>
      }
    >
      {(control) => (
        <Input
          {...control}
          {...url}
          onBlur={(event) => {
            // An empty field is an error on continuing, not on leaving the field.
            if (startUrl !== "") void url.onBlur(event);
          }}
          type="url"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          translate="no"
          placeholder="https://"
          readOnly={isLocked}
          className="mono"
        />
      )}
    </Field>
  );
}

interface RecentTargetsProps {
  readonly urls: readonly string[];
  readonly onChoose: (url: string) => void;
}

function RecentTargets({ urls, onChoose }: RecentTargetsProps) {
  const { target: words } = useMessages();
  return (
    <div className="flex flex-wrap gap-x-4">
      <p id="recent-targets" className="max-w-168 text-text-2">
        {words.recent}
      </p>
      <ul className="flex flex-wrap gap-x-4" aria-labelledby="recent-targets">
        {urls.map((url) => (
          <li key={url}>
            <button
              type="button"
              className={`${linkButtonClass} text-text!`}
              onMouseDown={keepFieldFocus}
              onClick={() => onChoose(url)}
            >
              <TargetText url={url} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
