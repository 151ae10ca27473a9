import type { HelpWords } from "./en/help.ts";
import { helpWords } from "./help-words.ts";
import { useFormats } from "./messages-context.tsx";

/** The texts of the help page and of the dialogs for the keyboard, in the chosen language. */
export function useHelpWords(): HelpWords {
  return helpWords[useFormats().language];
}
