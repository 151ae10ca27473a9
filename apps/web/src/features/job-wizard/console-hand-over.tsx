import { useFormContext, useWatch } from "react-hook-form";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { settingsText } from "./settings-text.ts";
import type { WizardValues } from "./wizard-values.ts";

/** All settings, for entry in the vendor's console: the API scans only servers of the same account. */
export function ConsoleHandOver() {
  const messages = useMessages();
  const { target: words } = messages;
  const formats = useFormats();
  const { control } = useFormContext<WizardValues>();
  const values = useWatch({ control }) as WizardValues;
  const text = settingsText(messages, formats, values);
  return (
    <section
      className="mt-4 border-s-3 border-text bg-sunken px-4 pt-3 pb-4 [&>*+*]:mt-2"
      aria-labelledby="hand-over-title"
    >
      <h3 id="hand-over-title" className="text-h3">
        {words.handOver}
      </h3>
      <p>{words.handOverText}</p>
      <pre className="my-1! border border-hairline bg-surface px-3 py-2">{withVisibleControls(text)}</pre>
      <Actions>
        <CopyButton text={text} label={words.copySettings} isWordy />
      </Actions>
    </section>
  );
}
