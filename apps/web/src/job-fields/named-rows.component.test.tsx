import { useState } from "react";
import { describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { renderIn } from "../testing/render-in.tsx";
import { NamedRows } from "./named-rows.tsx";
import type { NamedRow } from "./sign-in-entry.ts";

function Rows() {
  const [rows, setRows] = useState<readonly NamedRow[]>([{ id: 1, name: "Cookie", value: "SID=secret-canary" }]);
  return (
    <NamedRows
      legend="Headers"
      anchor="headers"
      rows={rows}
      onChange={setRows}
      onBlur={() => undefined}
      addWord="Add a header"
    />
  );
}

describe("rows of a name and a secret value", () => {
  it("mask every value until it is revealed, and mask it again", async () => {
    const { screen, messages } = await renderIn("ja", () => <Rows />);
    const value = screen.getByLabelText(messages.create.headerValue(1));
    await expect.element(value).toHaveAttribute("type", "password");
    expect(screen.container.textContent).not.toContain("secret-canary");
    await userEvent.click(screen.getByRole("button", { name: messages.create.reveal }));
    await expect.element(value).toHaveAttribute("type", "text");
    await userEvent.click(screen.getByRole("button", { name: messages.create.hide }));
    await expect.element(value).toHaveAttribute("type", "password");
  });

  it("are excluded from password managers and spell checkers", async () => {
    const { screen, messages } = await renderIn("en", () => <Rows />);
    const value = screen.getByLabelText(messages.create.headerValue(1));
    await expect.element(value).toHaveAttribute("autocomplete", "off");
    await expect.element(value).toHaveAttribute("spellcheck", "false");
  });

  it("are added at the end and removed by name", async () => {
    const { screen, messages } = await renderIn("en", () => <Rows />);
    await userEvent.click(screen.getByRole("button", { name: "Add a header" }));
    await userEvent.fill(screen.getByLabelText(messages.create.headerName(2), { exact: true }), "X-Trace");
    await userEvent.click(screen.getByRole("button", { name: messages.create.removeHeader("Cookie") }));
    await expect.element(screen.getByLabelText(messages.create.headerName(1), { exact: true })).toHaveValue("X-Trace");
    await expect.element(screen.getByLabelText(messages.create.headerValue(1))).toHaveValue("");
  });
});
