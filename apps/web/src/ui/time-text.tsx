import { useFormats } from "../messages/messages-context.tsx";

interface TimeTextProps {
  readonly instant: string;
  /** date: day only. seconds: to the second. zoned: with the zone's word. exact: to the second with the zone's word. */
  readonly kind?: "dateTime" | "date" | "seconds" | "exact" | "zoned";
}

export function TimeText({ instant, kind = "dateTime" }: TimeTextProps) {
  const formats = useFormats();
  // Only the long forms may take two lines.
  const isLong = kind === "zoned" || kind === "exact";
  return (
    <time className={isLong ? undefined : "whitespace-nowrap"} dateTime={instant}>
      {formats[kind](instant)}
    </time>
  );
}
