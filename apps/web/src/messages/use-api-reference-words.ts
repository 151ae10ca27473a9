import { apiReferenceWords } from "./api-reference-words.ts";
import type { ApiReferenceWords } from "./en/api-reference.ts";
import { useFormats } from "./messages-context.tsx";

/** The texts of the page about the API, in the chosen language. */
export function useApiReferenceWords(): ApiReferenceWords {
  return apiReferenceWords[useFormats().language];
}
