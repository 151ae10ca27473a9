import type { SettingFact } from "../config/setting-facts.ts";
import type { AuditJournal } from "./audit-journal.ts";

/** Records the configuration at the start: the values of settings, and of secrets only that they are set. */
export async function recordStart(
  journal: AuditJournal,
  settings: readonly SettingFact[],
  version: string,
): Promise<void> {
  const given = settings.filter(({ isSet }) => isSet);
  await journal.note(
    {
      actor: "system",
      action: "dashboard.start",
      object: "dashboard",
      details: { version, ...Object.fromEntries(given.map(({ name, value }) => [name, value ?? "set"])) },
    },
    "done",
  );
}
