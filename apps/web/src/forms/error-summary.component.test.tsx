import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { renderIn } from "../testing/render-in.tsx";
import { ErrorSummary } from "./error-summary.tsx";

const entry = (text: string, onGo: () => void = () => undefined) => ({ key: text, text, where: "Target", onGo });

function Form() {
  const [attempt, setAttempt] = useState(0);
  return (
    <>
      <ErrorSummary entries={attempt === 0 ? [] : [entry("Enter an address")]} attempt={attempt} />
      <button type="button" onClick={() => setAttempt(attempt + 1)}>
        Send
      </button>
    </>
  );
}

describe("the summary of the errors of a form", () => {
  it("is absent without errors", async () => {
    const { screen } = await renderIn("en", () => <ErrorSummary entries={[]} attempt={1} />);
    expect(screen.getByRole("alert").elements()).toEqual([]);
  });

  it("receives focus at each failed attempt", async () => {
    const { screen } = await renderIn("en", () => <Form />);
    const send = screen.getByRole("button", { name: "Send" });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await userEvent.click(send);
      await expect.element(screen.getByRole("alert")).toHaveFocus();
    }
  });

  it("links to the field of an error", async () => {
    const go = vi.fn();
    const { screen } = await renderIn("ko", () => (
      <ErrorSummary entries={[entry("주소를 입력하세요", go)]} attempt={1} />
    ));
    await userEvent.click(screen.getByRole("button", { name: "주소를 입력하세요" }));
    expect(go).toHaveBeenCalledOnce();
  });
});
