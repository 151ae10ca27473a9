import { useFormContext, useWatch } from "react-hook-form";
import { fieldClass } from "../forms/field-set.tsx";
import { useMessages } from "../messages/messages-context.tsx";
import { ChoiceLine } from "../ui/choice-line.tsx";
import { PlainText } from "../ui/plain-text.tsx";
import { anchorOf, type JobFieldValues } from "./job-field-values.ts";
import { useFieldTexts } from "./use-field-texts.ts";

interface ConsentFieldProps {
  /** consent: responsibility and charges. managedConsent: a server of another company. */
  readonly name: "consent" | "managedConsent";
  readonly host: string;
  /** What the consent covers beyond one job. */
  readonly note?: string;
}

/** A consent checkbox with the text that is recorded. */
export function ConsentField({ name, host, note }: ConsentFieldProps) {
  const { create, target } = useMessages();
  const { register, control } = useFormContext<JobFieldValues>();
  const textVersion = useWatch({ control, name: `${name}.textVersion` });
  const errors = useFieldTexts()(name);
  const id = anchorOf(name);
  const words =
    name === "consent"
      ? { title: create.consent, text: create.consentText }
      : { title: target.managedConsent, text: target.managedConsentText };
  return (
    <fieldset
      className={`${fieldClass} pt-3 ${errors.length > 0 ? "" : "border-t border-text"}`}
      data-invalid={errors.length > 0 ? "" : undefined}
    >
      <legend className="block pe-3 font-bold">{words.title}</legend>
      <ChoiceLine>
        <input
          id={id}
          type="checkbox"
          {...register(`${name}.accepted`)}
          aria-describedby={`${id}-note`}
          aria-invalid={errors.length > 0 || undefined}
          aria-required
        />
        <label htmlFor={id}>{words.text}</label>
        <div id={`${id}-note`}>
          {errors.map((error) => (
            <p key={error} className="font-bold text-high-text">
              {error}
            </p>
          ))}
          {note === undefined ? null : <p className="max-w-168 text-text-2">{note}</p>}
          <p className="max-w-168 text-text-2">
            {host === "" ? null : (
              <>
                <PlainText text={host} className="font-bold" /> ·{" "}
              </>
            )}
            {create.consentVersion(textVersion)}
          </p>
        </div>
      </ChoiceLine>
    </fieldset>
  );
}
