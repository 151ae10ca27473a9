import { expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { renderIn } from "../testing/render-in.tsx";
import { SelectAllBox, SelectBox } from "./select-box.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { useSelection } from "./use-selection.ts";

const rows = ["one", "two", "three"];

function List() {
  const selection = useSelection(rows, (row) => row, "list");
  const shown = rows.slice(0, 2);
  return (
    <>
      <SelectAllBox
        label="all"
        chosen={shown.filter((row) => selection.has(row)).length}
        count={shown.length}
        onToggle={() => selection.toggleAll(shown)}
      />
      {rows.map((row) => (
        <SelectBox key={row} label={row} isChosen={selection.has(row)} onToggle={() => selection.toggle(row)} />
      ))}
      {selection.chosen.length > 0 ? (
        <SelectionBar label="bar" text={selection.chosen.join(" ")} clearText="clear" onClear={selection.clear}>
          {null}
        </SelectionBar>
      ) : null}
    </>
  );
}

it("rows are selected one by one or all that are shown, and the end of a selection leaves the focus on a row", async () => {
  const { screen } = await renderIn("en", () => <List />);
  const all = screen.getByRole("checkbox", { name: "all" });
  const boxOf = (name: string) => screen.getByRole("checkbox", { name, exact: true });
  await userEvent.click(boxOf("two"));
  expect((all.element() as HTMLInputElement).indeterminate).toBe(true);
  await userEvent.click(all);
  const chosen = (text: string) => screen.getByRole("region", { name: "bar" }).getByText(text, { exact: true });
  await expect.element(chosen("one two")).toBeVisible();
  await userEvent.click(boxOf("three"));
  // What is on another page stays selected.
  await userEvent.click(all);
  await expect.element(chosen("three")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "clear" }));
  await expect.element(boxOf("one")).toHaveFocus();
  for (const row of rows) await expect.element(boxOf(row)).not.toBeChecked();
});
