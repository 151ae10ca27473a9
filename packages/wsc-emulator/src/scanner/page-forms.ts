import { readHttpUrl } from "./http-url.ts";
import type { FormField, PageForm } from "./site-scanner.ts";

type Attributes = Readonly<Record<string, string>>;

interface FoundForm {
  attributes: Attributes;
}

/** A form control of the page; its form is known only at the end. */
interface FoundControl {
  form: FoundForm | undefined;
  attributes: Attributes;
  kind: "plain" | "radio" | "submit";
  value: string;
}

/** Receives the parse events of a page in order; `forms` is called at the end. */
export interface FormReader {
  openTag(name: string, attributes: Attributes): void;
  text(text: string): void;
  closeTag(name: string): void;
  /** Returns the forms that can be sent as URL or urlencoded body, with a value for every field. */
  forms(base: URL, pageUrl: URL): PageForm[];
}

// More than this on one page is an attack on the scanner, not a page.
const maxForms = 200;
const maxControls = 2_000;

/** Values that a form is likely to accept, by field type. */
const plausibleValues: ReadonlyMap<string, string> = new Map([
  ["email", "scan@example.com"],
  ["number", "1"],
  ["range", "1"],
  ["tel", "0000000000"],
  ["url", "https://example.com/"],
  ["date", "2026-01-01"],
  ["month", "2026-01"],
  ["week", "2026-W01"],
  ["time", "12:00"],
  ["datetime-local", "2026-01-01T12:00"],
  ["color", "#000000"],
]);
const plausibleText = "test";

const typesWithoutValue = new Set(["file", "reset", "button", "image"]);

export function createFormReader(): FormReader {
  const found: FoundForm[] = [];
  const controls: FoundControl[] = [];
  let form: FoundForm | undefined;
  let select: { attributes: Attributes; first?: string; selected?: string } | undefined;
  let option: { attributes: Attributes; text: string } | undefined;
  let textarea: { attributes: Attributes; text: string } | undefined;

  const add = (attributes: Attributes, value: string, kind: FoundControl["kind"] = "plain") => {
    const isSent = attributes.name !== undefined && attributes.name !== "" && !Object.hasOwn(attributes, "disabled");
    if (isSent && controls.length < maxControls) controls.push({ form, attributes, kind, value });
  };
  const endOption = () => {
    if (option !== undefined && select !== undefined) {
      const value = option.attributes.value ?? option.text.trim();
      select.first ??= value;
      if (Object.hasOwn(option.attributes, "selected")) select.selected ??= value;
    }
    option = undefined;
  };
  const openers: Readonly<Record<string, (attributes: Attributes) => void>> = {
    form(attributes) {
      form = { attributes };
      if (found.length < maxForms) found.push(form);
    },
    input(attributes) {
      const type = (attributes.type ?? "text").trim().toLowerCase();
      const own = attributes.value;
      if (typesWithoutValue.has(type)) return;
      if (type === "submit") add(attributes, own ?? "", "submit");
      else if (type === "radio") add(attributes, own ?? "on", "radio");
      else if (type === "checkbox") add(attributes, own ?? "on");
      else if (type === "hidden") add(attributes, own ?? "");
      else add(attributes, own || (attributes.min ?? plausibleValues.get(type) ?? plausibleText));
    },
    button(attributes) {
      if (/^(?:submit)?$/i.test(attributes.type ?? "")) add(attributes, attributes.value ?? "", "submit");
    },
    select(attributes) {
      select = { attributes };
    },
    option(attributes) {
      endOption();
      option = { attributes, text: "" };
    },
    textarea(attributes) {
      textarea = { attributes, text: "" };
    },
  };

  return {
    openTag(name, attributes) {
      if (Object.hasOwn(openers, name)) openers[name]?.(attributes);
    },
    text(text) {
      if (textarea !== undefined) textarea.text += text;
      else if (option !== undefined) option.text += text;
    },
    closeTag(name) {
      if (name === "form") form = undefined;
      else if (name === "option") endOption();
      else if (name === "select" && select !== undefined) {
        endOption();
        add(select.attributes, select.selected ?? select.first ?? "");
        select = undefined;
      } else if (name === "textarea" && textarea !== undefined) {
        add(textarea.attributes, textarea.text.trim() || plausibleText);
        textarea = undefined;
      }
    },
    forms(base, pageUrl) {
      const fields = fieldsByForm(found, controls);
      return found.flatMap((each) => readForm(each, fields.get(each) ?? [], base, pageUrl) ?? []);
    },
  };
}

function fieldsByForm(found: readonly FoundForm[], controls: readonly FoundControl[]): Map<FoundForm, FormField[]> {
  const byId = new Map([...found].reverse().map((form) => [form.attributes.id, form]));
  const fields = new Map<FoundForm, FormField[]>(found.map((form) => [form, []]));
  const pressed = new Set<FoundForm>();
  for (const { form: around, attributes, kind, value } of controls) {
    const owner = attributes.form === undefined ? around : byId.get(attributes.form);
    const own = owner === undefined ? undefined : fields.get(owner);
    const { name } = attributes;
    if (owner === undefined || own === undefined || name === undefined) continue;
    if (kind === "submit") {
      // A browser sends only the button that was pressed.
      if (pressed.has(owner)) continue;
      pressed.add(owner);
    }
    const sameRadio = kind === "radio" ? own.find((field) => field.name === name) : undefined;
    if (sameRadio === undefined) own.push({ name, value });
    else if (Object.hasOwn(attributes, "checked")) sameRadio.value = value;
  }
  return fields;
}

function readForm({ attributes }: FoundForm, fields: FormField[], base: URL, pageUrl: URL): PageForm | null {
  const method = (attributes.method ?? "").trim().toLowerCase() === "post" ? "POST" : "GET";
  const encoding = (attributes.enctype ?? "").trim().toLowerCase();
  // Uploads and plain-text posts have another wire format, which no check supports.
  if (method === "POST" && (encoding === "multipart/form-data" || encoding === "text/plain")) return null;
  const action = readHttpUrl(attributes.action?.trim() || pageUrl.href, base);
  if (action === null) return null;
  // Submitting a GET form replaces the query of its action (HTML Standard, form submission).
  if (method === "GET") action.search = "";
  return { method, action: action.href, fields };
}
