import { useFormContext, useWatch } from "react-hook-form";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
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
    <section className="hand-over" aria-labelledby="hand-over-title">
      <h3 id="hand-over-title" className="h3">
        {words.handOver}
      </h3>
      <p>{words.handOverText}</p>
      <pre className="excerpt">{withVisibleControls(text)}</pre>
      <div className="actions">
        <CopyButton text={text} label={words.copySettings} isWordy />
      </div>
    </section>
  );
}
