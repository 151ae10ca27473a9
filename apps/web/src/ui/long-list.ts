/** A list of blocks between hairlines. */
export const longListClass = "mt-2 border-t border-control";

/** One block of it; the browser leaves it out of layout until it comes near the screen. */
export const longListItemClass =
  "break-inside-avoid border-b border-hairline py-3 [contain-intrinsic-size:auto_6rem] [content-visibility:auto] print:[content-visibility:visible]";
