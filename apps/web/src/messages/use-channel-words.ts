import { channelWords } from "./channel-words.ts";
import type { ChannelWords } from "./en/channels.ts";
import { useFormats } from "./messages-context.tsx";

/** The texts of the pages about notifications, in the chosen language. */
export function useChannelWords(): ChannelWords {
  return channelWords[useFormats().language];
}
