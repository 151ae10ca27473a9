import { createMarker } from "../marker.ts";
import type { Check, Judgement, Probe, ProbeExchange } from "./check.ts";

const clean: Judgement = { kind: "clean" };
const undecided: Judgement = { kind: "undecided" };

/**
 * Server-side include injection. The probe asks for the server's clock, which is harmless. Proven if the directive is replaced by
 * something between the two markers that differs both from what a filter makes of an ordinary comment and from what it makes of a
 * directive with an undefined variable.
 */
export const ssiInjection: Check = {
  item: "SSI Injection",

  probesFor() {
    // All have the same length, for filters that replace what they remove by as many asterisks.
    const unknown = createMarker().slice(0, "DATE_LOCAL".length);
    const directive = echo("DATE_LOCAL");
    const comment = `<!-- ${unknown.padEnd(directive.length - "<!--  -->".length, ".")} -->`;
    return [directive, comment, echo(unknown)].map(between);
  },

  judge(exchanges) {
    const [directive, comment, unknownVariable] = exchanges;
    if (directive?.page == null) return clean;
    const result = replies(directive).find(isReplacement);
    if (result === undefined) return clean;
    if (comment === undefined || unknownVariable === undefined) return undecided;
    // Without its control responses a reply proves nothing.
    if (comment.page === null || unknownVariable.page === null) return clean;
    if (replies(comment).some((reply) => reply.text === result.text)) return clean;
    // A server that prints the clock for every variable still executes directives; a filter prints a word.
    if (replies(unknownVariable).some((reply) => reply.text === result.text) && !looksLikeClock(result.text))
      return clean;
    return { kind: "finding", risk: "High", exchange: directive, position: result.position };
  },
};

function echo(variable: string): string {
  return `<!--#echo var="${variable}" -->`;
}

function between(value: string): Probe {
  const before = createMarker();
  const after = createMarker();
  return { markers: [before, after], value: `${before}${value}${after}` };
}

interface Reply {
  text: string;
  position: number;
}

const maxReplyLength = 500;

/** Returns what each reflection of the probe shows between its markers. */
function replies({ probe, page }: ProbeExchange): Reply[] {
  const [before, after] = probe.markers;
  const found: Reply[] = [];
  if (page === null || before === undefined || after === undefined) return found;
  const { body } = page;
  for (let start = body.indexOf(before); start >= 0; start = body.indexOf(before, start + 1)) {
    const shown = body.slice(start + before.length, start + before.length + maxReplyLength);
    const end = shown.indexOf(after);
    if (end >= 0) found.push({ text: shown.slice(0, end).trim(), position: start });
  }
  return found;
}

/** Whether a reply is new text, without remains of the directive in any spelling. */
function isReplacement(reply: Reply): boolean {
  return reply.text !== "" && !/echo|date_local|var\s*=|--|<!/i.test(reply.text);
}

function looksLikeClock(text: string): boolean {
  return /\d{1,2}:\d{2}/.test(text) && /\d{4}/.test(text);
}
