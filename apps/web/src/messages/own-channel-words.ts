import type { Language } from "@wsc-dashboard/wsc-core";
import { ownChannel as en, type OwnChannelWords } from "./en/own-channel.ts";
import { ownChannel as ja } from "./ja/own-channel.ts";
import { ownChannel as ko } from "./ko/own-channel.ts";

/** Not part of the catalogues: these come with the pages about notifications. */
export const ownChannelWords: Readonly<Record<Language, OwnChannelWords>> = { en, ja, ko };
