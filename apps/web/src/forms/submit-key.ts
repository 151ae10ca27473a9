import type { KeyboardEvent } from "react";

/** Submits a form on Ctrl or Cmd with Enter, and keeps the Enter that ends a composed word from doing anything else. */
export function submitOnControlEnter(event: KeyboardEvent, submit: () => void): void {
  if (event.key !== "Enter") return;
  // Safari reports the Enter that ends a composed word only by this number.
  const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
  if (isComposing) event.preventDefault();
  else if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    submit();
  }
}
