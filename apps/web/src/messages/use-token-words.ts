import type { TokenWords } from "./en/tokens.ts";
import { useFormats } from "./messages-context.tsx";
import { tokenWords } from "./token-words.ts";

/** The texts of the pages about service tokens, in the chosen language. */
export function useTokenWords(): TokenWords {
  return tokenWords[useFormats().language];
}
