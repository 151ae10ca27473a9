import { jobPreviewRequestSchema } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { type JobHandlerParts, jobHandlers } from "./jobs.ts";

describe("previews", () => {
  it("of one person are limited while they wait for the database, and those of others are not", async () => {
    let answer = (_token: string): void => {};
    const token = new Promise<string>((resolve) => {
      answer = resolve;
    });
    const parts = {
      rules: { checkTarget: () => {} },
      tokens: { promise: () => token },
      upstreamOrigin: "",
      now: Date.now,
    };
    const { preview } = jobHandlers(parts as unknown as JobHandlerParts);
    const body = jobPreviewRequestSchema.parse({ startUrl: "https://shop.example.com/" });
    const ask = (id: string) => preview({ body } as Parameters<typeof preview>[0], { user: { id } } as never);
    const own = [1, 2, 3, 4].map(() => ask("one"));
    await expect(ask("one")).rejects.toMatchObject({ code: "OWN_CALLS_EXHAUSTED" });
    const other = ask("another");
    answer("0123456789abcdef");
    expect(await Promise.all([...own, other])).toHaveLength(5);
    expect((await ask("one")).method).toBe("PUT");
  });
});
