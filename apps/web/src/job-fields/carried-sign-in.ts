import type { SignInEntry, SignInKind } from "./sign-in-entry.ts";

interface CarriedSignIn {
  readonly kind: SignInKind;
  readonly entry: SignInEntry;
}

let carried: CarriedSignIn | null = null;

/**
 * Takes the sign-in along to another form of this page. Unlike the other values it cannot go with the navigation, which the
 * browser may keep on disk: it stays in memory and is gone once the other form has it.
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
