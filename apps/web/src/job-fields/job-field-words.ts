import type { Messages } from "../messages/en.ts";

function own<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** The catalogue comes from the server: a word we have no text for is shown as it is. */
export function userAgentWord({ create }: Messages, word: string): string {
  return own<string>(create.userAgentWords, word) ?? word;
}

export function speedWord({ create }: Messages, word: string): { readonly name: string; readonly hint?: string } {
  return own<{ name: string; hint: string }>(create.speedWords, word) ?? { name: word };
}
