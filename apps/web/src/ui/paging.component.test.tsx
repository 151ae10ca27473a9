import { describe, expect, it } from "vitest";
import { renderIn } from "../testing/render-in.tsx";
import { Paging } from "./paging.tsx";

const show = (page: number, pageCount: number) =>
  renderIn("en", ({ jobs }) => (
    <Paging
      page={page}
      pageCount={pageCount}
      labels={{ pages: jobs.pages, previous: "Previous page", next: "Next page", page: (n) => `Page ${n}` }}
      format={String}
      link={(n, props) => <a href={`#${n}`} {...props} />}
    />
  ));

describe("the links to pages", () => {
  it("are absent for a single page", async () => {
    const { screen } = await show(1, 1);
    expect(screen.getByRole("link").elements()).toEqual([]);
  });

  it("lead to the previous and the next page, but not past an end", async () => {
    const first = await show(1, 3);
    await expect.element(first.screen.getByRole("link", { name: "Next page" })).toHaveAttribute("href", "#2");
    expect(first.screen.getByRole("link", { name: "Previous page" }).elements()).toEqual([]);
    await first.screen.unmount();
    const last = await show(3, 3);
    await expect.element(last.screen.getByRole("link", { name: "Previous page" })).toHaveAttribute("href", "#2");
    expect(last.screen.getByRole("link", { name: "Next page" }).elements()).toEqual([]);
  });

  it("mark the current page for screen readers", async () => {
    const { screen } = await show(7, 20);
    const current = screen
      .getByRole("link")
      .elements()
      .filter((link) => link.getAttribute("aria-current") === "page");
    expect(current.map((link) => link.getAttribute("aria-label"))).toEqual(["Page 7"]);
  });
});
