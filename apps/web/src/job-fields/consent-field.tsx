import { useFormContext, useWatch } from "react-hook-form";
import { useMessages } from "../messages/messages-context.tsx";
import { PlainText } from "../ui/plain-text.tsx";
import { anchorOf, type JobFieldValues } from "./job-field-values.ts";
import { useFieldTexts } from "./use-field-texts.ts";

interface ConsentFieldProps {
  readonly host: string;
  /** What the agreement covers beyond one job. */
  readonly note?: string;
}

/** The agreement on responsibility and charges, in the words that are recorded. */
export function ConsentField({ host, note }: ConsentFieldProps) {
  const { create } = useMessages();
  const { register, control } = useFormContext<JobFieldValues>();
  const textVersion = useWatch({ control, name: "consent.textVersion" });
  const errors = useFieldTexts()("consent");
  const id = anchorOf("consent");
  return (
    <fieldset className={errors.length > 0 ? "field fieldset consent field-invalid" : "field fieldset consent"}>
      <legend className="label">{create.consent}</legend>
      <div className="choice">
        <input
          id={id}
          type="checkbox"
          {...register("consent.accepted")}
          aria-describedby={`${id}-note`}
          aria-invalid={errors.length > 0 || undefined}
          aria-required
        />
        <label htmlFor={id}>{create.consentText}</label>
        <div id={`${id}-note`}>
          {errors.map((error) => (
            <p key={error} className="field-errors">
              {error}
            </p>
          ))}
          {note === undefined ? null : <p className="hint">{note}</p>}
          <p className="hint">
            {host === "" ? null : (
              <>
                <PlainText text={host} className="strong" /> ·{" "}
              </>
            )}
            {create.consentVersion(textVersion)}
          </p>
        </div>
      </div>
    </fieldset>
  );
}
