import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { linkButtonClass } from "../ui/button.tsx";
import { useNow } from "../ui/hooks.ts";
import { lazyDialog } from "../ui/lazy-dialog.tsx";

const ZoneDialog = lazyDialog(async () => (await import("./zone-dialog.tsx")).ZoneDialog);
const hourMs = 3_600_000;

/** Names the time zone of all times on the page, once, also in print. */
export function ZoneNote() {
  const { shell } = useMessages();
  const { zone, zoneWord, bracketed } = useFormats();
  const now = useNow(hourMs);
  const [isChoosing, setChoosing] = useState(false);
  return (
    <footer className="mx-auto flex max-w-360 flex-wrap items-baseline gap-x-4 px-4 pt-3 pb-6 text-text-3">
      {shell.timesIn(zone + bracketed(zoneWord(zone, new Date(now).toISOString())))}
      <button
        type="button"
        className={`${linkButtonClass} print:hidden`}
        aria-haspopup="dialog"
        onClick={() => setChoosing(true)}
      >
        {shell.changeTimeZone}
      </button>
      <Link to="/help" className="print:hidden">
        {shell.help}
      </Link>
      {isChoosing ? <ZoneDialog onClose={() => setChoosing(false)} /> : null}
    </footer>
  );
}
