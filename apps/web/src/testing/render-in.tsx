import type { ReactElement } from "react";
import { render } from "vitest-browser-react";
import type { Messages } from "../messages/en.ts";
import { type Language, loadMessages } from "../messages/language.ts";
import { WordingContext } from "../messages/messages-context.tsx";
import { createWording } from "../messages/wording.ts";
import "../styles/index.css";

/** Renders a component as in a page, in one language; returns the texts, by which tests find what they press. */
export async function renderIn(
  language: Language,
  element: (messages: Messages) => ReactElement,
): Promise<{ readonly messages: Messages; readonly screen: Awaited<ReturnType<typeof render>> }> {
  const messages = await loadMessages(language);
  document.documentElement.lang = language;
  const screen = await render(
    <WordingContext value={createWording(language, messages, "Asia/Seoul")}>{element(messages)}</WordingContext>,
  );
  return { messages, screen };
}
