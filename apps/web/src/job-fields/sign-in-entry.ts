import type { SignIn } from "@wsc-dashboard/wsc-core";

export type SignInKind = SignIn["kind"];

/** A typed name and value. */
export interface NamedRow {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

/** Fields of a login form that have their own control. */
export const loginFieldNames = [
  "actionUrl",
  "idParam",
  "idValue",
  "passwordParam",
  "passwordValue",
  "pageUrl",
  "successText",
] as const;
export type LoginFieldName = (typeof loginFieldNames)[number];
type LoginFields = Readonly<Record<LoginFieldName, string>>;

/** What was typed for each sign-in kind; switching between kinds loses nothing. */
export interface SignInEntry {
  readonly headers: readonly NamedRow[];
  readonly login: LoginFields;
  readonly extra: readonly NamedRow[];
}

export const emptyEntry: SignInEntry = {
  headers: [{ id: 1, name: "Cookie", value: "" }],
  login: {
    actionUrl: "",
    idParam: "",
    idValue: "",
    passwordParam: "",
    passwordValue: "",
    pageUrl: "",
    successText: "",
  },
  extra: [],
};

const isTyped = (text: string): boolean => text.trim() !== "";

/** The rows that have a value. A row without a name is kept, so that validation refuses it instead of dropping it. */
export function headersOf(rows: readonly NamedRow[]): Record<string, string> {
  const typed = rows.filter(({ value }) => isTyped(value));
  return Object.fromEntries(typed.map(({ name, value }) => [name.trim(), value.trim()]));
}

/** Unlike a header, a form field may be empty, and its blanks are significant. */
function fieldsOf(rows: readonly NamedRow[]): Record<string, string> {
  const typed = rows.filter(({ name, value }) => isTyped(name) || value !== "");
  return Object.fromEntries(typed.map(({ name, value }) => [name.trim(), value]));
}

/** The sign-in of a request, from the entry of the chosen kind. */
export function signInOf(kind: SignInKind, { headers, login, extra }: SignInEntry): SignIn {
  if (kind === "none") return { kind };
  if (kind === "headers") return { kind, headers: headersOf(headers) };
  const { pageUrl, successText, ...needed } = login;
  return {
    kind,
    ...needed,
    ...(isTyped(pageUrl) ? { pageUrl } : {}),
    ...(isTyped(successText) ? { successText } : {}),
    extra: fieldsOf(extra),
  };
}

/** Whether secrets were typed that leaving the page would lose: they are stored nowhere else. */
export function hasSecrets({ headers, login, extra }: SignInEntry): boolean {
  return [...headers, ...extra].some(({ value }) => value !== "") || login.idValue !== "" || login.passwordValue !== "";
}

/** The entry without secrets. Names and URLs stay. */
export function withoutSecrets({ headers, login, extra }: SignInEntry): SignInEntry {
  const nameOnly = (row: NamedRow): NamedRow => ({ ...row, value: "" });
  return {
    headers: headers.map(nameOnly),
    login: { ...login, idValue: "", passwordValue: "" },
    extra: extra.map(nameOnly),
  };
}

const covered = "-";

/** The sign-in with every value masked, where only the names of the values are needed. */
export function coverValues(signIn: SignIn): SignIn {
  const cover = (values: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.keys(values).map((name) => [name, covered]));
  if (signIn.kind === "headers") return { ...signIn, headers: cover(signIn.headers) };
  if (signIn.kind === "form") {
    return { ...signIn, idValue: covered, passwordValue: covered, extra: cover(signIn.extra) };
  }
  return signIn;
}
