import { useFormContext, useWatch } from "react-hook-form";
import { Field } from "../forms/field.tsx";
import { LinesField } from "../forms/lines-field.tsx";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { Button } from "../ui/button.tsx";
import { anchorOf, type JobFieldValues } from "./job-field-values.ts";
import { asciiHostOf, isLocalHost, withHttps } from "./target-notes.ts";
import { useFieldTexts } from "./use-field-texts.ts";

interface TargetFieldsProps {
  readonly isEmulator: boolean;
  readonly onDropRescan?: () => void;
}

export function TargetFields({ isEmulator, onDropRescan }: TargetFieldsProps) {
  const { create } = useMessages();
  const formats = useFormats();
  const { register, setValue, trigger, control } = useFormContext<JobFieldValues>();
  const [startUrl, excludeUrls, rescanOf] = useWatch({ control, name: ["startUrl", "excludeUrls", "rescanOf"] });
  const texts = useFieldTexts();
  const fixed = withHttps(startUrl);
  const ascii = asciiHostOf(startUrl);
  return (
    <>
      {rescanOf === undefined ? null : (
        <div className="note">
          <p>
            {create.rescanOf(rescanOf)} {create.rescanRules}
          </p>
          <div className="actions">
            {onDropRescan ? <Button onClick={onDropRescan}>{create.asNewJob}</Button> : null}
          </div>
        </div>
      )}
      <Field
        label={create.startUrl}
        hint={rescanOf === undefined ? create.startUrlHint : create.rescanLocked}
        anchor={anchorOf("startUrl")}
        errors={texts("startUrl")}
        isRequired
        after={
          <>
            {fixed ? (
              <div className="actions">
                <Button onClick={() => setValue("startUrl", fixed, { shouldValidate: true, shouldDirty: true })}>
                  {create.addHttps}
                </Button>
              </div>
            ) : null}
            {ascii ? <p className="hint">{create.idnNote(ascii)}</p> : null}
            {isLocalHost(startUrl) && !isEmulator ? <p className="hint tone-medium">{create.localAddress}</p> : null}
          </>
        }
      >
        {(props) => (
          <input
            {...props}
            {...register("startUrl")}
            type="url"
            inputMode="url"
            className="input mono"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            translate="no"
            placeholder="https://"
            readOnly={rescanOf !== undefined}
          />
        )}
      </Field>
      <LinesField
        label={create.excludeUrls}
        hint={create.excludeHint}
        anchor={anchorOf("excludeUrls")}
        entries={excludeUrls}
        errors={texts("excludeUrls")}
        countText={create.excludeCount(excludeUrls.length, formats.number(excludeUrls.length))}
        onChange={(entries) =>
          setValue("excludeUrls", entries, {
            shouldDirty: true,
            shouldTouch: true,
            shouldValidate: texts("excludeUrls").length > 0,
          })
        }
        onBlur={() => void trigger("excludeUrls")}
      />
    </>
  );
}
