/** How to fix each item, in this project's own words; the vendor's texts are not public. */
const recommendations: Readonly<Record<string, string>> = {
  XSS: [
    "Encode every value for the place it is written to: element text, attribute, URL or script.",
    "Let the template engine escape by default and review each exception.",
    "Set a content security policy without 'unsafe-inline', so that a forgotten place cannot run code.",
  ].join(" "),
  "SSI Injection": [
    "Switch server-side includes off where they are not needed, above all the exec directive.",
    "Never write request values into files or answers that the server parses for directives;",
    "encode <, >, # and quotes before they are stored.",
  ].join(" "),
  "SQL Injection": [
    "Use prepared statements with bound parameters everywhere.",
    "Give the application's database account only the rights it needs, and keep database errors out of answers.",
  ].join(" "),
  LFI: [
    "Choose files by a fixed list of names instead of by a path from the request.",
    "Where a path is unavoidable, resolve it and refuse everything outside the intended directory.",
  ].join(" "),
};

const general = "Treat every value of the request as hostile: check it on the way in and encode it on the way out.";

/** Returns the advice for an item: the job's own, else ours, else a general one for unknown words. */
export function recommendationFor(item: string, own: Readonly<Record<string, string>> = {}): string {
  const source = [own, recommendations].find((advice) => Object.hasOwn(advice, item));
  return source?.[item] ?? general;
}
