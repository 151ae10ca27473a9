import { anchorOf } from "./job-field-values.ts";

/** Takes the focus to the control of a form value, once the part of the form it is in is on screen. */
export function focusField(path: string): void {
  setTimeout(() => {
    const control = document.getElementById(anchorOf(path));
    const folded = control?.closest("details");
    if (folded) folded.open = true;
    control?.focus();
  }, 50);
}
