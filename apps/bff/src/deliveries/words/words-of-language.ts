import type { Language } from "@wsc-dashboard/wsc-core";
import { en } from "./en.ts";
import { ja } from "./ja.ts";
import { ko } from "./ko.ts";
import type { MessageWords } from "./message-words.ts";

const words: Readonly<Record<Language, MessageWords>> = { ko, ja, en };

export const messageWords = (language: Language): MessageWords => words[language];
