import { useHelpWords } from "../messages/use-help-words.ts";

/** Every shortcut with its keys. */
export function KeyRows({ mayReadAudit }: { readonly mayReadAudit: boolean }) {
  const { keyList, keyThenKey } = useHelpWords();
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [keyList.goTo, ["Ctrl/⌘ + K"]],
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
    <dl>
      {rows.map(([what, keys]) => (
        <div key={what} className="flex justify-between gap-4 border-b border-hairline py-[0.3125rem]">
          <dt>{what}</dt>
          <dd className="whitespace-nowrap">
            {keys.map((key, index) => (
              <span key={key}>
                {index > 0 ? ` ${keyThenKey} ` : null}
                <kbd className="inline-block min-w-6 rounded-sm border border-control px-1.5 text-center">{key}</kbd>
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
