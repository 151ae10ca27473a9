import type { Messages } from "./en.ts";
import { createFormats } from "./formats.ts";
import type { Language } from "./language.ts";
import type { Wording } from "./messages-context.tsx";

/** A language with its formats, and the zone in which times are told. */
export function createWording(language: Language, messages: Messages, zone: string): Wording {
  return { messages, formats: createFormats(language, zone, messages.formatWords) };
}
