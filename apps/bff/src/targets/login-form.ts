import { isSignInParameterName, isWebUrl, limits } from "@wsc-dashboard/wsc-core";
import { Parser } from "htmlparser2";

/** The login form of a page, in the terms in which people describe one. */
export interface LoginForm {
  readonly actionUrl: string;
  readonly idParam: string;
  readonly passwordParam: string;
  /** Further fields that a visitor fills in. */
  readonly others: string[];
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly autocomplete: string;
}

interface FoundForm {
  readonly action: string;
  readonly fields: Field[];
}

const pieceLength = 8 * 1024;
const maxNesting = 2_048;
const maxForms = 200;
const maxFields = 200;
const maxOthers = 20;
/** Types of `input` without text of a visitor. */
const withoutText: ReadonlySet<string> = new Set([
  "hidden",
  "submit",
  "button",
  "image",
  "reset",
  "checkbox",
  "radio",
  "file",
]);
const userNameTypes: ReadonlySet<string> = new Set(["text", "email", "tel", "number"]);

/** The forms of a page with their fields, and the base URL of its links. */
function readForms(html: string): { readonly forms: readonly FoundForm[]; readonly base: string | null } {
  const forms: FoundForm[] = [];
  let form: FoundForm | null = null;
  let base: string | null = null;
  let depth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (name === "base") base ??= attributes.href ?? null;
      if (name === "form") {
        form = { action: (attributes.action ?? "").trim(), fields: [] };
        if (forms.length < maxForms) forms.push(form);
      }
      if (form === null || (name !== "input" && name !== "select") || form.fields.length >= maxFields) return;
      const type = name === "select" ? "select" : (attributes.type ?? "text").trim().toLowerCase();
      const own = (attributes.name ?? "").trim();
      if (own.length > limits.signInNameLength || !isSignInParameterName(own) || withoutText.has(type)) return;
      form.fields.push({ name: own, type, autocomplete: (attributes.autocomplete ?? "").trim().toLowerCase() });
    },
    onclosetag(name) {
      depth -= 1;
      if (name === "form") form = null;
    },
  });
  for (let offset = 0; offset < html.length && depth <= maxNesting; offset += pieceLength) {
    parser.write(html.slice(offset, offset + pieceLength));
  }
  parser.end();
  return { forms, base };
}

const passwordsOf = ({ fields }: FoundForm): readonly Field[] => fields.filter(({ type }) => type === "password");

/** The URL that a form is sent to; `null` when the dashboard would not send anything there. */
function actionOf(action: string, base: string | null, pageUrl: URL): string | null {
  const from = base !== null && URL.canParse(base, pageUrl.href) ? new URL(base, pageUrl.href).href : pageUrl.href;
  // An empty action means the page itself, whatever the base URL.
  const target = action === "" ? pageUrl.href : action;
  if (!URL.canParse(target, from)) return null;
  const url = new URL(target, from);
  url.hash = "";
  return isWebUrl(url.href) && url.href.length <= limits.urlLength ? url.href : null;
}

/**
 * Finds the login form of a page: the first form with one password field, because two are for setting a new one; else the first
 * with any. The user name is the field marked as such, else the last text field before the password. `null`: no login form.
 */
export function findLoginForm(html: string, pageUrl: URL): LoginForm | null {
  const { forms, base } = readForms(html);
  const form =
    forms.find((each) => passwordsOf(each).length === 1) ?? forms.find((each) => passwordsOf(each).length > 0);
  if (form === undefined) return null;
  const [first] = passwordsOf(form);
  const password = passwordsOf(form).find(({ autocomplete }) => autocomplete === "current-password") ?? first;
  if (password === undefined) return null;
  const texts = form.fields.filter(({ type, name }) => userNameTypes.has(type) && name !== password.name);
  const before = form.fields.slice(0, form.fields.indexOf(password));
  const id =
    texts.find(({ autocomplete }) => autocomplete === "username") ??
    texts.findLast((field) => before.includes(field)) ??
    texts[0];
  const actionUrl = actionOf(form.action, base, pageUrl);
  if (id === undefined || actionUrl === null) return null;
  const others = new Set(
    form.fields.filter((field) => field !== id && field.type !== "password").map(({ name }) => name),
  );
  others.delete(id.name);
  return { actionUrl, idParam: id.name, passwordParam: password.name, others: [...others].slice(0, maxOthers) };
}
