import { WscError } from "@wsc-dashboard/wsc-core";
import { readJobPage } from "@wsc-dashboard/wsc-core/upstream";
import { describe, expect, it } from "vitest";
import { createTokenSearch } from "./token-search.ts";

const now = new Date("2026-11-20T00:00:00Z");

function searchIn(answer: { readonly payload: unknown; readonly isDoubtful: boolean }) {
  const page = readJobPage(answer.payload, { zone: "Asia/Seoul", now, isDoubtful: answer.isDoubtful });
  if (page === null) throw new Error("a page that can be read");
  return createTokenSearch({ readPage: async () => page }, { listOrder: async () => "newest-first" });
}

describe("a search for a token", () => {
  it("proves absence by an empty list, and by none that speaks of a failure beside it", async () => {
    const payload = { total_cnt: 0, record_data: [] };
    const options = { since: now.getTime() };
    const token = "wsc-0123456789abcdef";
    expect((await searchIn({ payload, isDoubtful: false }).byToken(token, token, options)).absence).toBe("proven");
    expect((await searchIn({ payload, isDoubtful: true }).byToken(token, token, options)).absence).toBe(
      "LIST_COUNT_MISSING",
    );
  });
});

describe("a search in a list of ten pages", () => {
  const tokenOn = (page: number): string => `wsc${"abcdefghijk"[page]}${"a".repeat(15)}`;

  /** Each page has a hundred jobs, the first of them with the token of the page. */
  function pageOf(number: number) {
    const rows = Array.from({ length: 100 }, (_, row) => ({
      instanceNo: 5_000_000 - number * 100 - row,
      startUrl: "https://a.example.com/",
      memo: row === 0 ? `${tokenOn(number)} memo` : "",
      statusCode: 4,
    }));
    const page = readJobPage({ total_cnt: 1_000, record_data: rows }, { zone: "UTC", now, isDoubtful: false });
    if (page === null) throw new Error("a page that can be read");
    return page;
  }
  const failure = new WscError("UPSTREAM_UNREADABLE");
  const brokenAt = (broken: number) => {
    const read: number[] = [];
    const readPage = async ({ page }: { readonly page: number }) => {
      read.push(page);
      if (page === broken) throw failure;
      return pageOf(page);
    };
    return { read, search: createTokenSearch({ readPage }, { listOrder: async () => null }) };
  };
  const tokens = new Set([tokenOn(2), tokenOn(8)]);
  const since = now.getTime();

  it("keeps what was found before a page that fails, if that is wanted, and fails otherwise", async () => {
    const { search } = brokenAt(5);
    const kept = await search.byTokens(tokens, { since, keepsFound: true });
    expect([...kept.found.keys()]).toEqual([tokenOn(2)]);
    expect(kept).toMatchObject({ absence: "LIST_WALK_INCOMPLETE", failure });
    await expect(search.byTokens(tokens, { since })).rejects.toBe(failure);
    const whole = await brokenAt(0).search.byTokens(tokens, { since, keepsFound: true });
    expect([...whole.found.keys()]).toEqual([tokenOn(2), tokenOn(8)]);
    expect(whole.failure).toBeNull();
  });

  it("reads no further page once it is stopped, and proves nothing then", async () => {
    const { search, read } = brokenAt(0);
    const { absence } = await search.byTokens(tokens, { since, isStopped: () => read.length === 3 });
    expect(read).toHaveLength(3);
    expect(absence).toBe("LIST_WALK_INCOMPLETE");
  });
});
