import { createHash, randomBytes } from "node:crypto";
import { targetHostOf, WscError } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { TargetFetcher } from "./target-fetcher.ts";

export interface OwnershipFile {
  readonly fileName: string;
  readonly content: string;
  readonly urls: string[];
}

export interface TriedUrl {
  readonly url: string;
  readonly found: "match" | "other" | "missing" | "failed";
  readonly status?: number;
  readonly code?: string;
}

export interface OwnershipVerdict extends OwnershipFile {
  readonly verified: boolean;
  readonly tried: TriedUrl[];
}

/** The file name differs between targets and does not reveal the content. */
function fileOf(startUrl: string, token: string): OwnershipFile {
  const { origin } = new URL(startUrl);
  const fileName = `wsc-${createHash("sha256").update(token).digest("hex").slice(0, 16)}.txt`;
  return {
    fileName,
    content: `wsc-dashboard-ownership=${token}\n`,
    urls: [`${origin}/${fileName}`, `${origin}/.well-known/${fileName}`],
  };
}

export type Ownership = ReturnType<typeof createOwnership>;

/** Whoever can place a file on a server may have it scanned. Each target has one file, which never changes. */
export function createOwnership(database: OpenDatabase, fetcher: TargetFetcher) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  const tokenOf = (target: string, at: number): Promise<string> =>
    guarded(async () => {
      await db
        .insertInto("ownership")
        .values({ target, token: randomBytes(32).toString("base64url"), issued_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const { token } = await db
        .selectFrom("ownership")
        .select("token")
        .where("target", "=", target)
        .executeTakeFirstOrThrow();
      return token;
    });

  async function look(url: string, content: string): Promise<TriedUrl> {
    try {
      const { status, text } = await fetcher.fetch({ url: new URL(url) });
      if (status !== 200) return { url, found: "missing", status };
      return { url, found: text.trim() === content.trim() ? "match" : "other", status };
    } catch (error) {
      if (!(error instanceof WscError)) throw error;
      return { url, found: "failed", code: error.code };
    }
  }

  return {
    /** Issues the file if there is none yet, and looks for it at the target. */
    async verify(startUrl: string, at: number): Promise<OwnershipVerdict> {
      const file = fileOf(startUrl, await tokenOf(targetHostOf(startUrl), at));
      const tried = await Promise.all(file.urls.map((url) => look(url, file.content)));
      return { ...file, verified: tried.some(({ found }) => found === "match"), tried };
    },
  };
}
