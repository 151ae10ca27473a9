import * as z from "zod/mini";

/** A whole number from 1 to `max` in a query, `fallback` when it is not given. */
export const pageNumber = (max: number, fallback: number) =>
  z._default(
    z.pipe(
      z.string().check(z.regex(/^[0-9]{1,9}$/)),
      z.pipe(
        z.transform((text: string) => Number(text)),
        z.int().check(z.minimum(1), z.maximum(max)),
      ),
    ),
    fallback as never,
  );

/** Which part of a list of this dashboard is asked for. */
export const pageQuery = { page: pageNumber(1_000_000, 1), limit: pageNumber(500, 100) };

/** Which part of a list an answer holds; `total` counts all of it. */
export const pageFields = { page: z.int(), pageCount: z.int(), limit: z.int(), total: z.int() };

export interface Page {
  readonly page: number;
  readonly limit: number;
}

/** What an answer says about its place in a list of `total` rows. There is always a first page. */
export function pageOf({ page, limit }: Page, total: number): Page & { pageCount: number; total: number } {
  return { page, limit, pageCount: Math.max(1, Math.ceil(total / limit)), total };
}
