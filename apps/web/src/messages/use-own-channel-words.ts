import type { OwnChannelWords } from "./en/own-channel.ts";
import { useFormats } from "./messages-context.tsx";
import { ownChannelWords } from "./own-channel-words.ts";

/** What the page about a person's own notifications says, in the chosen language. */
export function useOwnChannelWords(): OwnChannelWords {
  return ownChannelWords[useFormats().language];
}
