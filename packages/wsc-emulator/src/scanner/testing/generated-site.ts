import { posix } from "node:path";
import fc from "fast-check";
import type { Answer } from "./start-recording-site.ts";

/** How a page treats a parameter: what a scan finds on the weak twin, and how either twin writes the value. */
interface Treatment {
  finds: readonly string[];
  weak(value: string): string;
  sound(value: string): string;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

function scriptText(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[<>&'`]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

function runIncludes(text: string): string {
  return text.replace(/<!--#echo var="(\w+)" -->/g, (_, name: string) =>
    name === "DATE_LOCAL" ? "Monday, 23-Nov-2026 09:15:00 KST" : "(none)",
  );
}

/** Imitates a database server with the value concatenated into a statement. */
function runStatement(value: string): string {
  return /^[^'"]*$/.test(value)
    ? "<p>One row.</p>"
    : `<pre>You have an error in your SQL syntax near &#39;${escapeHtml(value)}&#39;</pre>`;
}

const files: Readonly<Record<string, string>> = { "/etc/shells": "/bin/sh\n/bin/bash\n", "/srv/pages/home": "home" };

function readPath(path: string): string {
  return `<pre>${files[posix.normalize(path)] ?? "No such file."}</pre>`;
}

const stripTags = (text: string) => text.replace(/<\/?[a-z][^>]*>/gi, "");
const stripComments = (text: string) => text.replace(/<!--.*?-->/g, "");

const treatments = {
  text: { finds: ["XSS"], weak: (v) => `<p>${v}</p>`, sound: (v) => `<p>${escapeHtml(v)}</p>` },
  doubleQuoted: {
    finds: ["XSS"],
    weak: (v) => `<input value="${v}">`,
    sound: (v) => `<input value="${escapeHtml(v)}">`,
  },
  singleQuoted: {
    finds: ["XSS"],
    weak: (v) => `<input value='${v.replace(/[<>"]/g, "")}'>`,
    sound: (v) => `<input value='${escapeHtml(v)}'>`,
  },
  onlyQuotesKept: {
    finds: ["XSS"],
    weak: (v) => `<b title="${v.replaceAll("<", "&lt;").replaceAll(">", "&gt;")}">b</b>`,
    sound: (v) => `<b title="${escapeHtml(v)}">b</b>`,
  },
  unquoted: {
    finds: ["XSS"],
    weak: (v) => `<b title=${escapeHtml(v)}>b</b>`,
    sound: (v) => `<b title="${escapeHtml(v)}">b</b>`,
  },
  scriptString: {
    finds: ["XSS"],
    weak: (v) => `<script>var a = 1 / 2, s = '${v.replaceAll("<", "")}';</script>`,
    sound: (v) => `<script>var a = 1 / 2, s = '${scriptText(v)}';</script>`,
  },
  scriptEnd: {
    finds: ["XSS"],
    weak: (v) => `<script>var s = ${JSON.stringify(v)};</script>`,
    sound: (v) => `<script>var s = "${scriptText(v)}";</script>`,
  },
  handler: {
    finds: ["XSS"],
    weak: (v) => `<button type="button" onclick="go('${escapeHtml(v)}')">go</button>`,
    sound: (v) => `<button type="button" onclick="go('${escapeHtml(scriptText(v))}')">go</button>`,
  },
  include: {
    finds: ["SSI Injection"],
    weak: (v) => `<p>${runIncludes(stripTags(v))}</p>`,
    sound: (v) => `<p>${runIncludes(escapeHtml(v))}</p>`,
  },
  includeAndText: {
    finds: ["SSI Injection", "XSS"],
    weak: (v) => `<p>${runIncludes(v)}</p>`,
    sound: (v) => `<p>${stripTags(stripComments(v))}</p>`,
  },
  statement: {
    finds: ["SQL Injection"],
    weak: runStatement,
    sound: (v) => `<pre>ERROR: invalid input syntax for type integer: &quot;${escapeHtml(v)}&quot;</pre>`,
  },
  file: {
    finds: ["LFI"],
    weak: (v) => readPath(`/srv/pages/${v}`),
    sound: (v) => readPath(`/srv/pages/${posix.basename(v)}`),
  },
  // Safe in both twins: must never be reported.
  nowhere: { finds: [], weak: () => "", sound: () => "" },
  inComment: { finds: [], weak: (v) => `<!-- ${v.replaceAll("--", "")} -->`, sound: () => "" },
  inTextarea: { finds: [], weak: (v) => `<textarea>${v.replaceAll("</", "")}</textarea>`, sound: () => "" },
  errorLesson: {
    finds: [],
    weak: () => "<p>You have an error in your SQL syntax</p>",
    sound: () => "<p>Incorrect syntax near</p>",
  },
  shellLesson: { finds: [], weak: () => "<pre>/bin/sh\n</pre>", sound: () => "<pre>/bin/bash\n</pre>" },
  filteredInclude: { finds: [], weak: (v) => escapeHtml(v.replace(/<!--.*?-->/g, "[removed]")), sound: () => "" },
} satisfies Record<string, Treatment>;

export type TreatmentName = keyof typeof treatments;

export interface GeneratedPage {
  path: string;
  /** Index of the page that links here; always an earlier one. */
  parent: number;
  method: "GET" | "POST";
  /** Whether a GET page is reached by a form instead of a link. */
  byForm: boolean;
  answersAs: "text/html" | "application/json" | "text/plain";
  parameters: readonly { name: string; treatment: TreatmentName; usualValue: string }[];
}

const word = fc.stringMatching(/^[a-z][a-z0-9]{2,7}$/);

export const generatedPages: fc.Arbitrary<GeneratedPage[]> = fc.uniqueArray(
  fc.record({
    path: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `/${words.join("/")}`),
    parent: fc.nat(),
    method: fc.constantFrom("GET" as const, "POST" as const),
    byForm: fc.boolean(),
    answersAs: fc.oneof(
      { weight: 6, arbitrary: fc.constant("text/html" as const) },
      { weight: 1, arbitrary: fc.constantFrom("application/json" as const, "text/plain" as const) },
    ),
    parameters: fc.uniqueArray(
      fc.record({
        name: word,
        treatment: fc.constantFrom(...(Object.keys(treatments) as TreatmentName[])),
        usualValue: word,
      }),
      { minLength: 1, maxLength: 3, selector: ({ name }) => name },
    ),
  }),
  { minLength: 3, maxLength: 9, selector: ({ path }) => path },
);

/** Returns what a scan must find on the weak site: one line per planted weakness. */
export function plantedWeaknesses(pages: readonly GeneratedPage[]): string[] {
  return pages.flatMap(({ path, method, answersAs, parameters }) =>
    answersAs === "text/html"
      ? parameters.flatMap(({ name, treatment }) =>
          treatments[treatment].finds.map((item) => `${item} ${method} ${path} ${name}`),
        )
      : [],
  );
}

/** The site of these pages; `sound` is the twin that reflects the same parameters as it should. */
export function generatedSiteAnswer(pages: readonly GeneratedPage[], twin: "weak" | "sound"): Answer {
  return ({ method, url, body }, response) => {
    const index = pages.findIndex((page) => page.path === url.pathname);
    const page = pages[index];
    if (url.pathname !== "/" && (page === undefined || page.method !== method)) {
      response.writeHead(404).end("not here");
      return;
    }
    const values = method === "POST" ? body : url.searchParams;
    const reflected = (page?.parameters ?? []).map(({ name, treatment }) => {
      const value = values.get(name) ?? "";
      if (page?.answersAs === "application/json") return JSON.stringify({ [name]: value });
      return page?.answersAs === "text/plain" ? value : treatments[treatment][twin](value);
    });
    const children = pages.flatMap((child, childIndex) =>
      parentOf(child, childIndex) === index ? [leadTo(child)] : [],
    );
    const isHtml = page === undefined || page.answersAs === "text/html";
    const content = isHtml
      ? `<!doctype html><title>page</title><body>${[...reflected, ...children].join("\n")}`
      : reflected.join();
    response.writeHead(200, { "content-type": page?.answersAs ?? "text/html" }).end(content);

    function parentOf(child: GeneratedPage, childIndex: number): number {
      // POST responses and other content types are not crawled for links, so their children are linked from the start page.
      const parent = childIndex === 0 ? -1 : child.parent % childIndex;
      const candidate = pages[parent];
      return candidate?.method === "GET" && candidate.answersAs === "text/html" ? parent : -1;
    }
  };
}

function leadTo({ path, method, byForm, parameters }: GeneratedPage): string {
  if (method === "GET" && !byForm) {
    const query = new URLSearchParams(parameters.map(({ name, usualValue }): [string, string] => [name, usualValue]));
    return `<a href="${path}?${escapeHtml(query.toString())}">on</a>`;
  }
  const fields = parameters.map(({ name, usualValue }) => `<input name="${name}" value="${usualValue}">`);
  return `<form method="${method}" action="${path}">${fields.join("")}<button>go</button></form>`;
}
