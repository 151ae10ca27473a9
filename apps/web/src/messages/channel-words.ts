import type { Language } from "@wsc-dashboard/wsc-core";
import { type ChannelWords, channels as en } from "./en/channels.ts";
import { channels as ja } from "./ja/channels.ts";
import { channels as ko } from "./ko/channels.ts";

/** Not part of the catalogues: these come with the pages that show them. */
export const channelWords: Readonly<Record<Language, ChannelWords>> = { en, ja, ko };
