import { describe, expect, it } from "vitest";
import { renderIn } from "../testing/render-in.tsx";
import { type Column, Table } from "./table.tsx";

interface Row {
  readonly id: string;
  readonly host: string;
  readonly found: number;
}

const columns: readonly Column<Row>[] = [
  { key: "host", head: "Target", cell: ({ host }) => host, isRowHeading: true },
  { key: "found", head: "Found", cell: ({ found }) => found, className: "numeric" },
];
const rows: readonly Row[] = [
  { id: "1", host: "a.example.com", found: 3 },
  { id: "2", host: "<img src=x onerror=alert(1)>", found: 0 },
];

const show = () =>
  renderIn("en", () => <Table caption="Jobs" className="" columns={columns} rows={rows} keyOf={({ id }) => id} />);

describe("a table", () => {
  it("has one heading for each column and one for each row", async () => {
    const { screen } = await show();
    await expect.element(screen.getByRole("table", { name: "Jobs" })).toBeVisible();
    expect(
      screen
        .getByRole("columnheader")
        .elements()
        .map(({ textContent }) => textContent),
    ).toEqual(["Target", "Found"]);
    expect(
      screen
        .getByRole("rowheader")
        .elements()
        .map(({ textContent }) => textContent),
    ).toEqual(rows.map(({ host }) => host));
  });

  it("gives header and cells of a column the same class", async () => {
    const { screen } = await show();
    expect(screen.getByRole("columnheader", { name: "Found" }).element().className).toBe("numeric");
    for (const cell of screen.getByRole("cell").elements()) expect(cell.className).toBe("numeric");
  });

  it("shows markup in a cell as text", async () => {
    const { screen } = await show();
    expect(screen.container.querySelector("img")).toBeNull();
  });
});
