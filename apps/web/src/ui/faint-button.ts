/** For a small act on what is beside it, as copying: faint until it, or the `group/block` around it, has pointer or focus. */
export const faintButtonClass =
  "min-h-6 flex-none cursor-pointer rounded-sm px-1 text-text-3 underline-offset-[0.2em] hover:text-accent hover:underline group-focus-within/block:text-accent group-focus-within/block:underline print:hidden";
