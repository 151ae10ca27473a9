import { anchorOf } from "./job-field-values.ts";

/** Focuses the control of a form value, once its part of the form is on screen. */
export function focusField(path: string): void {
  setTimeout(() => {
    const control = document.getElementById(anchorOf(path));
    const folded = control?.closest("details");
    if (folded) folded.open = true;
    control?.focus();
  }, 50);
}
