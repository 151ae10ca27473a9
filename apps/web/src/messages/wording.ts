import type { Messages } from "./en.ts";
import { createFormats, zoneFor } from "./formats.ts";
import type { Language } from "./language.ts";
import type { Wording } from "./messages-context.tsx";

/** A language with its formats, in the zone its readers expect. */
export function createWording(language: Language, messages: Messages): Wording {
  const browserZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { messages, formats: createFormats(language, zoneFor(language, browserZone), messages.formatWords) };
}
