/** Parts of one statement about a verdict, side by side. */
export const verdictLineClass = "flex flex-wrap items-center gap-x-3 gap-y-0.5";

/** A reason as a person typed it. */
export const verdictReasonClass = "max-w-176 border-s-2 border-hairline ps-2.5 wrap-anywhere whitespace-pre-wrap";
