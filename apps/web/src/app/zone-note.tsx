import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { useNow } from "../ui/hooks.ts";
import { lazyDialog } from "../ui/lazy-dialog.tsx";

const ZoneDialog = lazyDialog(async () => (await import("./zone-dialog.tsx")).ZoneDialog);
const hourMs = 3_600_000;

/** Names the time zone of all times on the page, once, also in print. */
export function ZoneNote() {
  const { shell } = useMessages();
  const { zone, zoneWord } = useFormats();
  const now = useNow(hourMs);
  const [isChoosing, setChoosing] = useState(false);
  return (
    <footer className="zone-note">
      {shell.timesIn(`${zone} (${zoneWord(zone, new Date(now).toISOString())})`)}{" "}
      <button type="button" className="link-button no-print" aria-haspopup="dialog" onClick={() => setChoosing(true)}>
        {shell.changeTimeZone}
      </button>{" "}
      <Link to="/help" className="no-print">
        {shell.help}
      </Link>
      {isChoosing ? <ZoneDialog onClose={() => setChoosing(false)} /> : null}
    </footer>
  );
}
