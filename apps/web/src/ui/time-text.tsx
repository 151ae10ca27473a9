import { useFormats } from "../messages/messages-context.tsx";

interface TimeTextProps {
  readonly instant: string;
  /** date: day only. exact: to the second. zoned: with the zone's word. */
  readonly kind?: "dateTime" | "date" | "exact" | "zoned";
}

export function TimeText({ instant, kind = "dateTime" }: TimeTextProps) {
  const formats = useFormats();
  return <time dateTime={instant}>{formats[kind](instant)}</time>;
}
