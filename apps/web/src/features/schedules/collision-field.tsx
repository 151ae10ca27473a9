import { useFormContext, useWatch } from "react-hook-form";
import { ChoiceGroup } from "../../forms/choice-group.tsx";
import { anchorOf } from "../../job-fields/job-field-values.ts";
import { useFieldTexts } from "../../job-fields/use-field-texts.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import type { ScheduleValues } from "./schedule-values.ts";

const collisions = ["skip", "queue"] as const;

export function CollisionField() {
  const { schedules: words } = useMessages();
  const { control, setValue } = useFormContext<ScheduleValues>();
  const collision = useWatch({ control, name: "collision" });
  const texts = useFieldTexts();
  return (
    <ChoiceGroup
      legend={words.collision}
      anchor={anchorOf("collision")}
      value={collision}
      onChange={(value) => setValue("collision", value, { shouldDirty: true })}
      errors={texts("collision")}
      choices={collisions.map((value) => ({ value, ...words.collisionWords[value] }))}
    />
  );
}
