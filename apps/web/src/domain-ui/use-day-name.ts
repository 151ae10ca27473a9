import { useMemo } from "react";
import { useFormats } from "../messages/messages-context.tsx";

/** Returns the name of a date, "2026-12-05", with its day of the week and without its year. */
export function useDayName(): (day: string) => string {
  const { language } = useFormats();
  const format = useMemo(
    () => new Intl.DateTimeFormat(language, { month: "long", day: "numeric", weekday: "short", timeZone: "UTC" }),
    [language],
  );
  return (day) => format.format(Date.parse(`${day}T00:00:00Z`));
}
