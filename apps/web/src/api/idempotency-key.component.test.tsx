import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { render } from "vitest-browser-react";
import { useKeyedMutation } from "./idempotency-key.ts";

interface Call {
  readonly key: string;
  readonly fail: () => void;
}

async function showButton() {
  const calls: Call[] = [];
  const act = (_: unknown, key: string) =>
    new Promise<void>((_resolve, reject) => calls.push({ key, fail: () => reject(new Error("no answer")) }));
  function Send() {
    const sending = useKeyedMutation<void>({ act });
    return (
      <button type="button" onClick={() => sending.mutate()} data-state={sending.status}>
        Send
      </button>
    );
  }
  const screen = await render(<Send />, {
    wrapper: ({ children }) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>,
  });
  const button = screen.getByRole("button");
  return { calls, button, press: () => (button.element() as HTMLElement).click() };
}

describe("a mutation with an idempotency key", () => {
  it("is called once for two presses that come before the page shows the first", async () => {
    const { calls, button, press } = await showButton();
    press();
    press();
    await expect.element(button).toHaveAttribute("data-state", "pending");
    expect(calls).toHaveLength(1);
  });

  it("is called again with the same key after an outcome that is not known", async () => {
    const { calls, button, press } = await showButton();
    press();
    await expect.poll(() => calls.length).toBe(1);
    calls[0]?.fail();
    await expect.element(button).toHaveAttribute("data-state", "error");
    press();
    await expect.poll(() => calls.length).toBe(2);
    expect(calls[1]?.key).toBe(calls[0]?.key);
  });
});
