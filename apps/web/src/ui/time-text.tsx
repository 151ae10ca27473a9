import { useFormats } from "../messages/messages-context.tsx";

interface TimeTextProps {
  readonly instant: string;
  /** date: day only. zoned: with the zone's word. */
  readonly kind?: "dateTime" | "date" | "zoned";
}

export function TimeText({ instant, kind = "dateTime" }: TimeTextProps) {
  const formats = useFormats();
  return <time dateTime={instant}>{formats[kind](instant)}</time>;
}
