import type { KeyboardEvent } from "react";

/** Submits a form on Ctrl+Enter or Cmd+Enter. Ignores the Enter that ends an IME composition. */
export function submitOnControlEnter(event: KeyboardEvent, submit: () => void): void {
  if (event.key !== "Enter") return;
  // Safari reports the Enter that ends an IME composition only by this key code.
  const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
  if (isComposing) event.preventDefault();
  else if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    submit();
  }
}
