import { useId } from "react";
import { useMessages } from "../messages/messages-context.tsx";
import { Select } from "../ui/control.tsx";
import { type Grouping, groupings } from "./finding-groups.ts";

interface FindingGroupingSelectProps {
  readonly value: Grouping | "none";
  /** Whether "no grouping" can be chosen. */
  readonly hasNone?: boolean;
  readonly onChange: (grouping: Grouping | "none") => void;
}

/** Select for the property that findings are grouped by. */
export function FindingGroupingSelect({ value, hasNone = false, onChange }: FindingGroupingSelectProps) {
  const { report } = useMessages();
  const id = useId();
  const choices = hasNone ? (["none", ...groupings] as const) : groupings;
  return (
    <div className="flex items-center gap-2">
      <label className="whitespace-nowrap text-text-2" htmlFor={id}>
        {report.groupBy}
      </label>
      <Select
        id={id}
        value={value}
        onChange={({ target }) => onChange(choices.find((known) => known === target.value) ?? value)}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {report.groups[choice]}
          </option>
        ))}
      </Select>
    </div>
  );
}
