import { describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { renderIn } from "../testing/render-in.tsx";
import { Dialog } from "./dialog.tsx";

const box = (onClose: () => void, isClosable = true) => (
  <Dialog title="Stop the job?" onClose={onClose} closable={isClosable} footer={<button type="button">Stop</button>}>
    <p>It cannot go on afterwards.</p>
  </Dialog>
);

describe("a dialog", () => {
  it("is named by its title and makes the rest of the page inert", async () => {
    const { screen } = await renderIn("en", () => (
      <>
        <button type="button">Behind</button>
        {box(() => undefined)}
      </>
    ));
    await expect.element(screen.getByRole("dialog", { name: "Stop the job?" })).toBeVisible();
    for (let presses = 0; presses < 4; presses += 1) {
      await userEvent.keyboard("{Tab}");
      expect(document.activeElement?.textContent).not.toBe("Behind");
    }
  });

  it("requests closing on Escape, and does not close itself", async () => {
    const close = vi.fn();
    const { screen } = await renderIn("en", () => box(close));
    await userEvent.keyboard("{Escape}");
    expect(close).toHaveBeenCalledOnce();
    await expect.element(screen.getByRole("dialog")).toBeVisible();
  });

  it("stays open on Escape while an action is in progress", async () => {
    const close = vi.fn();
    const { screen } = await renderIn("en", () => box(close, false));
    await userEvent.keyboard("{Escape}");
    await userEvent.keyboard("{Escape}");
    expect(close).not.toHaveBeenCalled();
    await expect.element(screen.getByRole("dialog")).toBeVisible();
  });

  it("returns the focus to the opener", async () => {
    const { screen } = await renderIn("en", () => <button type="button">Open</button>);
    const opener = screen.getByRole("button", { name: "Open" });
    (opener.element() as HTMLElement).focus();
    const shown = await renderIn("en", () => box(() => undefined));
    expect(document.activeElement).not.toBe(opener.element());
    await shown.screen.unmount();
    expect(document.activeElement).toBe(opener.element());
  });
});
