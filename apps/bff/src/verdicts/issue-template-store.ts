import type { AuditChain } from "../audit/audit-chain.ts";
import { actedBy } from "../audit/audit-event.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Act } from "./verdict-store.ts";

export type IssueTemplateStore = ReturnType<typeof createIssueTemplateStore>;

/** Stores the URL template for issues, of which there is one. */
export function createIssueTemplateStore(database: OpenDatabase, audit: AuditChain) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  return {
    get: (): Promise<string | null> =>
      guarded(
        async () => (await db.selectFrom("issue_template").select("template").executeTakeFirstOrThrow()).template,
      ),

    save: (template: string | null, at: number, { user, requestId }: Act): Promise<void> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          await tx.updateTable("issue_template").set({ template }).execute();
          await audit.append(tx, {
            ...actedBy(user),
            ...{ at, action: "issueTemplate.save", object: "issueTemplate", result: "done", requestId },
            details: { origin: template === null ? null : new URL(template.replace(/[{}]/g, "")).origin },
          });
        }),
      ),
  };
}
