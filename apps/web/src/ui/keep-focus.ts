import type { MouseEvent } from "react";

/** For presses: a field that loses the focus shows its error, which would push the pressed thing away from under the pointer. */
export function keepFieldFocus(event: MouseEvent): void {
  event.preventDefault();
}

/** What had the focus may be gone once the page is drawn anew; then the page's content takes it, not its beginning. */
export function keepFocusOnPage(): void {
  requestAnimationFrame(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) document.getElementById("main")?.focus();
  });
}
