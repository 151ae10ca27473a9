/** The one member of the shop. Invented, and published in the README: there is nothing behind it to protect. */
export const demoMember = { id: "demo", password: "paper-boat-harbour", name: "Demo Sailor" } as const;

/** The sign-in form as a program must fill it in: where it stands, where it is sent, and its fields. */
export const demoSignInForm = {
  page: "/login",
  action: "/login",
  idParameter: "member_id",
  passwordParameter: "member_password",
  /** Hidden; its value is bound to the cookie that was set with the page. */
  tokenParameter: "form_token",
} as const;
