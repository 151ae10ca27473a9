import type { SignInEntry, SignInKind } from "./sign-in-entry.ts";

interface CarriedSignIn {
  readonly kind: SignInKind;
  readonly entry: SignInEntry;
}

let carried: CarriedSignIn | null = null;

/**
 * Passes the sign-in values to another form of this app. They cannot go with the navigation state, which the browser may write to
 * disk: they stay in memory and are removed once the other form has read them.
 */
export function carrySignIn(signIn: CarriedSignIn): void {
  carried = signIn;
}

export function carriedSignIn(): CarriedSignIn | null {
  return carried;
}

export function dropCarriedSignIn(): void {
  carried = null;
}
