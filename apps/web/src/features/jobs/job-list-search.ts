import { jobStatusCodes } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";
import type { JobListArguments } from "../../api/job-queries.ts";

export const pageSizes = [25, 50, 100] as const;
const defaultLimit = 50;

const positive = z.pipe(
  z.transform((value) => (/^[0-9]{1,7}$/.test(String(value)) ? Number(value) : Number.NaN)),
  z.int().check(z.minimum(1), z.maximum(1_000_000)),
);

const statusLabel = z.enum(jobStatusCodes.map(String) as [string, ...string[]]);

// A broken part of a link falls back by itself; the rest of the link still counts.
const searchSchema = z.object({
  q: z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(500))), undefined),
  searchBy: z.catch(z.optional(z.enum(["url", "memo"])), undefined),
  status: z.catch(z.optional(z.pipe(z.transform(String), statusLabel)), undefined),
  page: z.catch(z.optional(positive), undefined),
  limit: z.catch(z.optional(z.pipe(positive, z.literal([...pageSizes]))), undefined),
});

/** What stands in the address of the list; what is as usual is left out. */
export interface JobListSearch {
  readonly q?: string;
  readonly searchBy?: "url" | "memo";
  readonly status?: string;
  readonly page?: number;
  readonly limit?: number;
}

/** The shortest search that means the same. */
export function compactJobListSearch(list: JobListArguments): JobListSearch {
  return {
    ...(list.q === "" ? {} : { q: list.q }),
    ...(list.searchBy === "memo" ? { searchBy: "memo" } : {}),
    ...(list.status === "" ? {} : { status: list.status }),
    ...(list.page === 1 ? {} : { page: list.page }),
    ...(list.limit === defaultLimit ? {} : { limit: list.limit }),
  };
}

export function jobListArguments(search: JobListSearch): JobListArguments {
  return {
    q: search.q ?? "",
    searchBy: search.searchBy ?? "url",
    status: search.status ?? "",
    page: search.page ?? 1,
    limit: search.limit ?? defaultLimit,
  };
}

export function readJobListSearch(raw: Record<string, unknown>): JobListSearch {
  const { q, searchBy, status, page, limit } = searchSchema.parse(raw);
  return {
    ...(q === undefined ? {} : { q }),
    ...(searchBy === undefined ? {} : { searchBy }),
    ...(status === undefined ? {} : { status }),
    ...(page === undefined ? {} : { page }),
    ...(limit === undefined ? {} : { limit }),
  };
}
