import type { SignInEntry } from "../job-fields/sign-in-entry.ts";

/** A sign-in with the canary in every secret value. */
export const entryWith = (canary: string): SignInEntry => ({
  headers: [{ id: 1, name: "Cookie", value: `SID=${canary}` }],
  login: {
    actionUrl: "https://www.example.com/login",
    idParam: "user",
    idValue: canary,
    passwordParam: "pass",
    passwordValue: canary,
    pageUrl: "https://www.example.com/",
    successText: "Sign out",
  },
  extra: [{ id: 4, name: "tenant", value: canary }],
});
