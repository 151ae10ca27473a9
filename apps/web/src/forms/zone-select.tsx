import { useMemo } from "react";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { Select } from "../ui/control.tsx";
import type { ControlProps } from "./field.tsx";

interface ZoneSelectProps {
  readonly control: ControlProps;
  readonly value: string;
  readonly onChange: (zone: string) => void;
}

/** Every time zone the browser knows, the likely ones first. */
export function ZoneSelect({ control, value, onChange }: ZoneSelectProps) {
  const { create } = useMessages();
  const { zone } = useFormats();
  const usual = useMemo(() => {
    const browserZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    return [...new Set([zone, browserZone, "Asia/Seoul", "Asia/Tokyo", "UTC"])];
  }, [zone]);
  const all = useMemo(() => Intl.supportedValuesOf("timeZone").filter((name) => !usual.includes(name)), [usual]);
  return (
    <Select {...control} value={value} onChange={({ target }) => onChange(target.value)} translate="no">
      <optgroup label={create.zonesUsual}>
        {usual.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </optgroup>
      <optgroup label={create.zonesAll}>
        {all.map((name) => (
          <option key={name}>{name}</option>
        ))}
        {usual.includes(value) || all.includes(value) ? null : <option>{value}</option>}
      </optgroup>
    </Select>
  );
}
