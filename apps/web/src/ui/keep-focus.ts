import type { MouseEvent } from "react";

/** Keeps the focus in the field on a press: its error, shown on blur, would move the pressed element from under the pointer. */
export function keepFieldFocus(event: MouseEvent): void {
  event.preventDefault();
}

/** The focused element is about to disappear: focuses the content, or reading would start at the top of the page. */
export function focusPage(): void {
  document.getElementById("main")?.focus({ preventScroll: true });
}
