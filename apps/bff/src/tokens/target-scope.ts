import { type Endpoint, isTargetAllowed, WscError } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { User } from "../identity/identity.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";

/** The validated input of a call. */
export interface ScopedInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

interface TargetScopeParts {
  readonly directory: Pick<JobDirectory, "find" | "isUndecided">;
  readonly database: OpenDatabase;
}

type Members = Readonly<Record<string, unknown>>;
const membersOf = (value: unknown): Members => (typeof value === "object" && value !== null ? (value as Members) : {});
const textsOf = (...values: readonly unknown[]): string[] => values.flat().filter((value) => typeof value === "string");

/** All URLs in a body that the dashboard or the scanner would open. */
function urlsIn(body: unknown): string[] {
  const { startUrl, signIn } = membersOf(body);
  const { actionUrl, pageUrl } = membersOf(signIn);
  return textsOf(startUrl, actionUrl, pageUrl);
}

function jobIdsIn({ params, query, body }: ScopedInput): string[] {
  const { base, head } = membersOf(query);
  return textsOf(membersOf(params).instanceNo, base, head, membersOf(body).instanceNos);
}

/**
 * Limits service tokens to the calls allowed for programs and to the token's targets; people pass. An endpoint without a declared
 * scope is refused to tokens limited to some targets.
 */
export function createTargetScope({ directory, database }: TargetScopeParts) {
  const guarded = translateDatabaseErrors(database);

  /** The start URL of a submission or schedule; `null` when the id does not exist. */
  const keptUrl = (table: "submission" | "schedule", id: string): Promise<string | null> =>
    guarded(async () => {
      const row = await database.db.selectFrom(table).select("request").where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : (textsOf(membersOf(JSON.parse(row.request)).startUrl)[0] ?? null);
    });

  const refuse = (reason: string): never => {
    throw new WscError("TOKEN_OUT_OF_SCOPE", reason);
  };

  /** The start URL of a job; `null` when the job does not exist. */
  async function jobUrl(instanceNo: string): Promise<string | null> {
    const found = await directory.find(instanceNo);
    // Its report could still be read by number, and its target is unknown until then.
    if (found === null && directory.isUndecided(instanceNo)) refuse("the target of the job is not known");
    return found?.record.job.startUrl ?? null;
  }

  async function urlsOf({ tokenScope }: Endpoint, input: ScopedInput): Promise<(string | null)[]> {
    const { id } = membersOf(input.params);
    switch (tokenScope) {
      case "jobs":
        return Promise.all(jobIdsIn(input).map(jobUrl));
      case "submission":
      case "schedule":
        return [await keptUrl(tokenScope, String(id)), ...urlsIn(input.body)];
      case "body":
        return urlsIn(input.body);
      case "any":
      case "rows":
        return [];
      default:
        return refuse("the call is not for tokens that are limited to some targets");
    }
  }

  return {
    /** Throws TOKEN_OUT_OF_SCOPE. Missing objects are left to the handler. */
    async check(endpoint: Endpoint, { token }: User, input: ScopedInput): Promise<void> {
      if (token === undefined) return;
      if (endpoint.tokenScope === "people") refuse("the call is for people, not for service tokens");
      const { targets } = token;
      if (targets === null) return;
      for (const url of await urlsOf(endpoint, input)) {
        if (url !== null && !isTargetAllowed(url, targets)) refuse("the token is limited to other targets");
      }
    },

    /** The response without rows of targets outside the token's scope. */
    visible(endpoint: Endpoint, { token }: User, answer: unknown): unknown {
      const targets = token?.targets ?? null;
      if (targets === null || endpoint.tokenScope !== "rows") return answer;
      const isVisible = (row: unknown): boolean => {
        const { startUrl, host } = membersOf(row);
        const url = typeof startUrl === "string" ? startUrl : typeof host === "string" ? `http://${host}/` : null;
        return url !== null && isTargetAllowed(url, targets);
      };
      return Object.fromEntries(
        Object.entries(membersOf(answer)).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.filter(isVisible) : value,
        ]),
      );
    },
  };
}
