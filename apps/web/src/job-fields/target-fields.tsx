import { targetHostOf } from "@wsc-dashboard/wsc-core";
import { useFormContext, useWatch } from "react-hook-form";
import { LinesField } from "../forms/lines-field.tsx";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { Actions } from "../ui/actions.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { HostingFields } from "./hosting-fields.tsx";
import { anchorOf, type JobFieldValues } from "./job-field-values.ts";
import { StartUrlField } from "./start-url-field.tsx";
import { useFieldTexts } from "./use-field-texts.ts";

interface TargetFieldsProps {
  readonly isEmulator: boolean;
  /** Suggested URLs of earlier jobs. */
  readonly recent: readonly string[];
  readonly onDropRescan?: () => void;
}

export function TargetFields({ isEmulator, recent, onDropRescan }: TargetFieldsProps) {
  const { create } = useMessages();
  const { control } = useFormContext<JobFieldValues>();
  const rescanOf = useWatch({ control, name: "rescanOf" });
  return (
    <>
      {rescanOf === undefined ? null : (
        <Notice>
          <p>
            {create.rescanOf(rescanOf)} {create.rescanRules}
          </p>
          <Actions className="mt-2">
            {onDropRescan ? <Button onClick={onDropRescan}>{create.asNewJob}</Button> : null}
          </Actions>
        </Notice>
      )}
      <StartUrlField isEmulator={isEmulator} recent={recent} />
      <ExclusionsField />
      <HostingFields />
    </>
  );
}

function ExclusionsField() {
  const { create, target: words } = useMessages();
  const formats = useFormats();
  const { setValue, trigger, control } = useFormContext<JobFieldValues>();
  const [startUrl, excludeUrls] = useWatch({ control, name: ["startUrl", "excludeUrls"] });
  const texts = useFieldTexts();
  const url = startUrl.trim();
  const notes = [
    URL.canParse(url) ? words.hostRule(targetHostOf(url)) : "",
    create.excludeCount(excludeUrls.length, formats.number(excludeUrls.length)),
  ];
  return (
    <LinesField
      label={create.excludeUrls}
      hint={create.excludeHint}
      anchor={anchorOf("excludeUrls")}
      entries={excludeUrls}
      errors={texts("excludeUrls")}
      countText={notes.filter((note) => note !== "").join(" · ")}
      onChange={(entries) =>
        setValue("excludeUrls", entries, {
          shouldDirty: true,
          shouldTouch: true,
          shouldValidate: texts("excludeUrls").length > 0,
        })
      }
      onBlur={() => void trigger("excludeUrls")}
    />
  );
}
