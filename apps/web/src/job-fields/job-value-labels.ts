import type { SignIn } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../messages/en.ts";
import type { Formats } from "../messages/formats.ts";

function own<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** The options come from the server: a word without a text of ours is shown as it is. */
export function userAgentLabel({ create }: Messages, word: string): string {
  return own<string>(create.userAgentWords, word) ?? word;
}

export function speedLabel({ create }: Messages, word: string): { readonly name: string; readonly hint?: string } {
  return own<{ name: string; hint: string }>(create.speedWords, word) ?? { name: word };
}

/** Whether a sign-in kind is chosen whose values have not been entered; they are never prefilled. */
export function isSignInOpen(signIn: SignIn): boolean {
  if (signIn.kind === "form") return signIn.idValue === "" || signIn.passwordValue === "";
  return signIn.kind === "headers" && Object.keys(signIn.headers).length === 0;
}

/** How the scanner signs in, when only the kind is known. */
export function signInKindLabel({ create, signIn }: Messages, kind: SignIn["kind"]): string {
  return { none: create.signInNone, headers: create.signInHeaders, form: signIn.form }[kind];
}

/** How the scanner signs in, without secret values. */
export function signInLabel({ create, signIn: words }: Messages, formats: Formats, signIn: SignIn): string {
  if (signIn.kind === "none") return create.signInNone;
  if (isSignInOpen(signIn)) return signIn.kind === "form" ? words.formOpen : words.headersOpen;
  if (signIn.kind === "form") return words.formHidden;
  const count = Object.keys(signIn.headers).length;
  return create.headersHidden(count, formats.number(count));
}

export function itemsLabel({ create }: Messages, items: readonly string[]): string {
  return items.includes("ALL") ? create.checksAll : items.join(", ") || create.none;
}
