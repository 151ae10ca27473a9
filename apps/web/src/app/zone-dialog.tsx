import { useId } from "react";
import { useSession } from "../api/session-query.ts";
import { ChoiceGroup } from "../forms/choice-group.tsx";
import { Field } from "../forms/field.tsx";
import { ZoneSelect } from "../forms/zone-select.tsx";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { usePreferences } from "./preferences-context.tsx";

/** Choice of the display time zone: the dashboard's or another one. Applied at once. */
export function ZoneDialog({ onClose }: { readonly onClose: () => void }) {
  const { shell } = useMessages();
  const { timeZone } = useSession();
  const { zone: shown } = useFormats();
  const { zone, setZone } = usePreferences();
  const id = useId();
  return (
    <Dialog title={shell.timeZone} onClose={onClose} footer={<Button onClick={onClose}>{shell.close}</Button>}>
      <p className="max-w-168 text-text-2">{shell.timeZoneHint}</p>
      <ChoiceGroup
        legend={shell.timeZone}
        anchor={`${id}whose`}
        choices={[
          { value: "dashboard", name: shell.timeZoneOfDashboard(timeZone) },
          { value: "own", name: shell.timeZoneOwn },
        ]}
        value={zone === null ? "dashboard" : "own"}
        onChange={(whose) => setZone(whose === "dashboard" ? null : shown)}
      />
      {zone === null ? null : (
        <Field label={shell.timeZoneOwn} anchor={`${id}zone`}>
          {(control) => <ZoneSelect control={control} value={zone} onChange={setZone} />}
        </Field>
      )}
    </Dialog>
  );
}
