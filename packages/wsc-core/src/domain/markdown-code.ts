/** Control characters and bidirectional controls would change what a reader sees. */
const unseen = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu;
const clean = (text: string): string => text.replace(/\r\n?/g, "\n").replace(unseen, "\ufffd");

/** The length of the longest run of backticks. */
function maxRunLength(text: string): number {
  let [longest, run] = [0, 0];
  for (let index = 0; index < text.length; index += 1) {
    run = text.charCodeAt(index) === 0x60 ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

/** Joins lines: each line end becomes one blank, together with the white space around it. */
function inOneLine(text: string): string {
  const lines = text.split("\n");
  const last = lines.length - 1;
  return lines
    .map((line, index) => (index === last ? line : line.trimEnd()))
    .map((line, index) => (index === 0 ? line : line.trimStart()))
    .filter((line, index) => line !== "" || index === 0 || index === last)
    .join(" ");
}

/** Returns a code span: nothing inside is rendered as Markdown, HTML, a mention or a link, whatever backticks it holds. */
export function codeSpan(value: string): string {
  const text = inOneLine(clean(value));
  if (text.trim() === "") return "–";
  const backticks = "`".repeat(maxRunLength(text) + 1);
  const pad = /^[`\s]|[`\s]$/.test(text) ? " " : "";
  return `${backticks}${pad}${text}${pad}${backticks}`;
}

/** Returns a fenced code block with the text unchanged. */
export function codeBlock(value: string): string {
  const text = clean(value);
  const backticks = "`".repeat(Math.max(3, maxRunLength(text) + 1));
  return `${backticks}text\n${text}\n${backticks}`;
}
