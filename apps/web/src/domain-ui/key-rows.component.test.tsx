import { languages } from "@wsc-dashboard/wsc-core";
import { expect, it } from "vitest";
import { page } from "vitest/browser";
import { renderIn } from "../testing/render-in.tsx";
import { KeyRows } from "./key-rows.tsx";

it("the keys of a shortcut stay on one line, however narrow the screen and long the words between them", async () => {
  await page.viewport(320, 800);
  for (const language of languages) {
    const { screen } = await renderIn(language, () => (
      <div style={{ width: "15rem" }}>
        <KeyRows mayReadAudit />
      </div>
    ));
    const broken = [...screen.container.querySelectorAll("dd")].filter((keys) => {
      const boxes = [...keys.querySelectorAll("kbd")].map((key) => key.getBoundingClientRect());
      return boxes.some(({ top, height }) => top !== boxes[0]?.top || height >= 32);
    });
    expect(broken.map((keys) => keys.textContent)).toEqual([]);
    await screen.unmount();
  }
});
