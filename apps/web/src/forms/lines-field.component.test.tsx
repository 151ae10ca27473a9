import { describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { renderIn } from "../testing/render-in.tsx";
import { LinesField } from "./lines-field.tsx";

async function show(errors: readonly string[] = []) {
  const change = vi.fn<(entries: string[]) => void>();
  const { screen } = await renderIn("en", () => (
    <LinesField
      label="Excluded URLs"
      hint="One per line"
      anchor="excludeUrls"
      entries={[]}
      onChange={change}
      errors={errors}
      countText=""
    />
  ));
  return { box: screen.getByRole("textbox", { name: "Excluded URLs" }), change };
}

describe("a field with one entry per line", () => {
  it("yields trimmed, unique entries, and keeps the typed text", async () => {
    const { box, change } = await show();
    await userEvent.fill(box, "  https://a.example.com/x \n\nhttps://a.example.com/x\r\nhttps://b.example.com/");
    expect(change.mock.lastCall).toEqual([["https://a.example.com/x", "https://b.example.com/"]]);
    await expect
      .element(box)
      .toHaveValue("  https://a.example.com/x \n\nhttps://a.example.com/x\nhttps://b.example.com/");
  });

  it("yields no entry for blank lines", async () => {
    const { box, change } = await show();
    await userEvent.fill(box, " \n\t\n");
    expect(change.mock.lastCall).toEqual([[]]);
  });

  it("is invalid and described by its errors while it has any", async () => {
    const { box } = await show(["Line 2 is on another host."]);
    await expect.element(box).toHaveAttribute("aria-invalid", "true");
    await expect.element(box).toHaveAccessibleDescription(/Line 2 is on another host\./);
  });
});
