/** The only member of the shop. Invented and published in the README: it protects nothing. */
export const demoMember = { id: "demo", password: "paper-boat-harbour", name: "Demo Sailor" } as const;

/** The sign-in form for programs: its page, its action and its fields. */
export const demoSignInForm = {
  page: "/login",
  action: "/login",
  idParameter: "member_id",
  passwordParameter: "member_password",
  /** Hidden field; its value is bound to the cookie that was set with the page. */
  tokenParameter: "form_token",
} as const;
