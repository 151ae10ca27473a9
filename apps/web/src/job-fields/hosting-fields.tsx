import { targetHostOf } from "@wsc-dashboard/wsc-core";
import { useFormContext, useWatch } from "react-hook-form";
import { ChoiceGroup } from "../forms/choice-group.tsx";
import { useMessages } from "../messages/messages-context.tsx";
import { Notice } from "../ui/notice.tsx";
import { ConsentField } from "./consent-field.tsx";
import { anchorOf, type JobFieldValues } from "./job-field-values.ts";
import { OwnershipFile } from "./ownership-file.tsx";
import { useFieldTexts } from "./use-field-texts.ts";

/** Where the target's server runs. A server of another company needs a separate consent and an ownership file. */
export function HostingFields() {
  const { target: words } = useMessages();
  const { setValue, control } = useFormContext<JobFieldValues>();
  const [hosting, startUrl] = useWatch({ control, name: ["hosting", "startUrl"] });
  const texts = useFieldTexts();
  return (
    <>
      <ChoiceGroup
        legend={words.hosting}
        anchor={anchorOf("hosting")}
        value={hosting}
        onChange={(value) => setValue("hosting", value, { shouldDirty: true, shouldValidate: true })}
        errors={texts("hosting")}
        choices={[
          { value: "ncloud", name: words.ncloud, hint: words.ncloudHint },
          { value: "managed", name: words.managed, hint: words.managedHint },
        ]}
      />
      {hosting === "managed" ? (
        <div className="ps-7">
          <Notice as="p">{words.managedNote}</Notice>
          <ConsentField name="managedConsent" host={URL.canParse(startUrl) ? targetHostOf(startUrl) : ""} />
          <OwnershipFile />
        </div>
      ) : null}
    </>
  );
}
