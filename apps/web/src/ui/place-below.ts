/** Positions a popover below its button; by default popovers are centred on the screen. */
export function placeBelow(panel: HTMLElement | null, button: HTMLElement | null): void {
  if (panel === null || button === null) return;
  const { left, bottom } = button.getBoundingClientRect();
  const widest = document.documentElement.clientWidth - panel.offsetWidth - 8;
  panel.style.left = `${Math.max(8, Math.min(left, widest))}px`;
  panel.style.top = `${Math.min(bottom + 4, innerHeight - 160)}px`;
}
