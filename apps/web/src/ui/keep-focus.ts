import type { MouseEvent } from "react";

/** For presses: a field that loses the focus shows its error, which would push the pressed thing away from under the pointer. */
export function keepFieldFocus(event: MouseEvent): void {
  event.preventDefault();
}

/** What had the focus goes away: the page's content takes it, or the reading would begin at the page's top. */
export function focusPage(): void {
  document.getElementById("main")?.focus({ preventScroll: true });
}
