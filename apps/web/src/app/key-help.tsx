import { Link } from "@tanstack/react-router";
import { useId } from "react";
import { useMay } from "../api/session-query.ts";
import { KeyRows } from "../domain-ui/key-rows.tsx";
import { useMessages } from "../messages/messages-context.tsx";
import { useHelpWords } from "../messages/use-help-words.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceLine } from "../ui/choice-line.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { usePreferences } from "./preferences-context.tsx";

export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const { shell } = useMessages();
  const words = useHelpWords();
  const { areKeysOn, setKeysOn } = usePreferences();
  const mayReadAudit = useMay("audit.list");
  const id = useId();
  return (
    <Dialog title={shell.keys} onClose={onClose} footer={<Button onClick={onClose}>{shell.close}</Button>}>
      <KeyRows mayReadAudit={mayReadAudit} />
      <ChoiceLine>
        <input id={id} type="checkbox" checked={areKeysOn} onChange={({ target }) => setKeysOn(target.checked)} />
        <label htmlFor={id}>{words.keysOn}</label>
      </ChoiceLine>
      <p className="max-w-168 text-text-2">{words.keysNote}</p>
      <p>
        <Link to="/help" onClick={onClose}>
          {words.moreHelp}
        </Link>
      </p>
    </Dialog>
  );
}
