import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useNow } from "../../ui/hooks.ts";

interface FreshnessProps {
  readonly asOf: string;
  /** Whether something on the page is expected to change. */
  readonly isLive: boolean;
  readonly isStale: boolean;
}

/** The age of the page's data; amber when it is stale. */
export function Freshness({ asOf, isLive, isStale }: FreshnessProps) {
  const { jobs } = useMessages();
  const formats = useFormats();
  const age = useNow(10_000) - Date.parse(asOf);
  const isOld = isStale || (isLive && age > 60_000);
  const ago = formats.ago(age);
  return (
    <span className={`tabular-nums ${isOld ? "font-bold text-medium-text" : "text-text-3"}`}>
      <time dateTime={asOf} title={formats.zoned(asOf)}>
        {isOld ? jobs.notUpdated(ago) : jobs.updated(ago)}
      </time>
    </span>
  );
}
