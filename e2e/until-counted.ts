import type { Page } from "@playwright/test";
import type { TargetList } from "@wsc-dashboard/wsc-core";
import { pageHangLimitMs } from "../scripts/hang-limit.ts";
import { expect } from "./fixtures.ts";

/** Jobs are counted in the background: a page that opens before would show them a minute later. */
export async function untilCounted(page: Page, isCounted: (list: TargetList) => boolean): Promise<void> {
  const list = async (): Promise<boolean> => {
    const answer = await page.request.get("/api/targets", { headers: { "X-WSC-Request": "1" } });
    return isCounted((await answer.json()) as TargetList);
  };
  await expect.poll(list, { timeout: pageHangLimitMs }).toBe(true);
}
