import type { ViewWords } from "./en/views.ts";
import { useFormats } from "./messages-context.tsx";
import { viewWords } from "./view-words.ts";

/** What lists say about saved views, in the chosen language. */
export function useViewWords(): ViewWords {
  return viewWords[useFormats().language];
}
