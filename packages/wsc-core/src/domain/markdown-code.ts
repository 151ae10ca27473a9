/** Control characters and reversed writing would change what a reader sees. */
const unseen = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu;
const clean = (text: string): string => text.replace(/\r\n?/g, "\n").replace(unseen, "\ufffd");

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/** A code span: nothing in it is Markdown, HTML, a mention or a link, however many backticks it holds. */
export function codeSpan(value: string): string {
  const text = clean(value).replace(/\s*\n\s*/g, " ");
  if (text.trim() === "") return "–";
  const fence = "`".repeat(longestRun(text) + 1);
  const pad = /^[`\s]|[`\s]$/.test(text) ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** A fenced block with the text as it is. */
export function codeBlock(value: string): string {
  const text = clean(value);
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}
