import changelog from "../../../../../CHANGELOG.md?raw";
import { readChanges } from "./read-changes.ts";

/** The changelog of this version, as in the repository. */
export function ChangeList() {
  return (
    <div lang="en">
      {readChanges(changelog).map(({ version, groups }) => (
        <details key={version}>
          <summary className="cursor-pointer py-1.5" translate="no">
            {version}
          </summary>
          {groups.map(({ title, changes }, index) => (
            <div key={`${index} ${title}`}>
              <h3 className="text-h3 mt-4">{title}</h3>
              <ul className="mt-1 list-[square] ps-5 marker:text-text-3 [&>li]:mt-1.5">
                {changes.map((change) => (
                  <li key={change}>{change}</li>
                ))}
              </ul>
            </div>
          ))}
        </details>
      ))}
    </div>
  );
}
