import { Parser } from "htmlparser2";

export interface LoginPage {
  /** Hidden fields of the form that asks for the password, in document order. */
  readonly hidden: readonly (readonly [name: string, value: string])[];
  /** Whether the page has a field with the name of the password. */
  readonly asksForPassword: boolean;
  /** The visible text, with white space collapsed. */
  readonly text: string;
}

interface FoundForm {
  readonly hidden: [string, string][];
  hasPasswordName: boolean;
  hasPasswordType: boolean;
}

const pieceLength = 8 * 1024;
// Parsing cost grows with nesting depth; real pages stay far below this limit.
const maxNesting = 2_048;
const maxForms = 200;
const unread: ReadonlySet<string> = new Set(["script", "style", "noscript", "template", "svg", "head"]);
const inline: ReadonlySet<string> = new Set(["a", "b", "i", "em", "strong", "span", "small", "code", "u", "mark"]);

/**
 * Extracts from a page what a login needs. The form is the one with a field of the password's name, else the first one with a
 * password field; without either there are no hidden fields.
 */
export function readLoginPage(html: string, passwordParam: string | null): LoginPage {
  const forms: FoundForm[] = [];
  const words: string[] = [];
  let form: FoundForm | null = null;
  let asksForPassword = false;
  let depth = 0;
  let hiddenDepth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (unread.has(name)) hiddenDepth += 1;
      if (!inline.has(name)) words.push(" ");
      if (name === "form") {
        form = { hidden: [], hasPasswordName: false, hasPasswordType: false };
        if (forms.length < maxForms) forms.push(form);
      }
      if (name !== "input") return;
      const type = (attributes.type ?? "text").trim().toLowerCase();
      const isPasswordName = passwordParam !== null && attributes.name === passwordParam;
      asksForPassword ||= isPasswordName;
      if (form === null) return;
      form.hasPasswordName ||= isPasswordName;
      form.hasPasswordType ||= type === "password";
      if (type === "hidden" && attributes.name) form.hidden.push([attributes.name, attributes.value ?? ""]);
    },
    onclosetag(name) {
      depth -= 1;
      if (unread.has(name)) hiddenDepth -= 1;
      if (!inline.has(name)) words.push(" ");
      if (name === "form") form = null;
    },
    ontext(text) {
      if (hiddenDepth === 0) words.push(text);
    },
  });
  for (let offset = 0; offset < html.length && depth <= maxNesting; offset += pieceLength) {
    parser.write(html.slice(offset, offset + pieceLength));
  }
  parser.end();
  const chosen = forms.find((each) => each.hasPasswordName) ?? forms.find((each) => each.hasPasswordType);
  return { hidden: chosen?.hidden ?? [], asksForPassword, text: words.join("").replace(/\s+/g, " ").trim() };
}
