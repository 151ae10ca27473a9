import * as z from "zod/mini";

/** An integer query parameter from 1 to `max`; default `fallback`. */
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

/** Query parameters that select a page of one of our lists. */
export const pageQuery = { page: pageNumber(1_000_000, 1), limit: pageNumber(500, 100) };

/** Position of a response in its list; `total` counts the whole list. */
export const pageFields = { page: z.int(), pageCount: z.int(), limit: z.int(), total: z.int() };

export interface Page {
  readonly page: number;
  readonly limit: number;
}

/** Returns the page fields for a list of `total` rows. There is always a first page. */
export function pageOf({ page, limit }: Page, total: number): Page & { pageCount: number; total: number } {
  return { page, limit, pageCount: Math.max(1, Math.ceil(total / limit)), total };
}
