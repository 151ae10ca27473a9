/** What had the focus may be gone once the page is drawn anew; then the page's content takes it, not its beginning. */
export function keepFocusOnPage(): void {
  requestAnimationFrame(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) document.getElementById("main")?.focus();
  });
}
