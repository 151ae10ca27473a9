import { useId } from "react";
import { useMay } from "../api/session-query.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { usePreferences } from "./preferences-context.tsx";

export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const { shell } = useMessages();
  const { areKeysOn, setKeysOn } = usePreferences();
  const mayReadAudit = useMay("audit.list");
  const id = useId();
  const { keyList } = shell;
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [keyList.search, ["/"]],
    [keyList.newJob, ["n"]],
    [keyList.nextRow, ["j"]],
    [keyList.previousRow, ["k"]],
    [keyList.select, ["x"]],
    [keyList.scanAgain, ["r"]],
    [keyList.goOverview, ["g", "h"]],
    [keyList.goJobs, ["g", "s"]],
    [keyList.goTargets, ["g", "t"]],
    [keyList.goSchedules, ["g", "d"]],
    ...(mayReadAudit ? ([[keyList.goAudit, ["g", "a"]]] as const) : []),
    [keyList.goSettings, ["g", "o"]],
    [keyList.nextFinding, ["]"]],
    [keyList.previousFinding, ["["]],
    [keyList.toggleEvidence, ["e"]],
    [keyList.copyLink, ["y"]],
    [keyList.submit, ["Ctrl/⌘ + Enter"]],
    [keyList.help, ["?"]],
  ];
  return (
    <Dialog title={shell.keys} onClose={onClose} footer={<Button onClick={onClose}>{shell.close}</Button>}>
      <dl className="key-list">
        {rows.map(([what, keys]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              {keys.map((key, index) => (
                <span key={key}>
                  {index > 0 ? ` ${shell.keyThenKey} ` : null}
                  <kbd>{key}</kbd>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <div className="choice">
        <input id={id} type="checkbox" checked={areKeysOn} onChange={({ target }) => setKeysOn(target.checked)} />
        <label htmlFor={id}>{shell.keysOn}</label>
      </div>
      <p className="hint">{shell.keysNote}</p>
    </Dialog>
  );
}
