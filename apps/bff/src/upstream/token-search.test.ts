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
