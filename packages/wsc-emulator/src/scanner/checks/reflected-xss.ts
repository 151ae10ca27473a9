import { createMarker } from "../marker.ts";
import { isShownAsHtml, walkHtml } from "../walk-html.ts";
import type { Check } from "./check.ts";
import { readScript } from "./script-reading.ts";

/**
 * Reflected cross-site scripting. Proven only if the response, parsed as by a browser, holds an element or an attribute with the
 * marker's name, or if the marker leaves its string inside a script or an event handler. An escaped value, a text/plain or JSON
 * response, and a value that stays inside a comment, a textarea or a title prove nothing.
 *
 * Risk is Medium, as in the vendor's sample report; Low if the response's own Content-Security-Policy blocks inline scripts,
 * since then only markup can be injected.
 */
export const reflectedXss: Check = {
  item: "XSS",

  probesFor() {
    const inMarkup = createMarker();
    const inScript = createMarker();
    return [
      // Leaves attributes with either quote and any script string, then becomes an attribute and an element.
      { markers: [inMarkup], value: `${inMarkup}'"\` ${inMarkup}=1><${inMarkup}>` },
      // For scripts with intact strings: the end tag ends the script inside any string.
      { markers: [inScript], value: `${inScript}</script><${inScript}>` },
    ];
  },

  judge(exchanges) {
    const exchange = exchanges.at(-1);
    const marker = exchange?.probe.markers[0];
    if (exchange?.page == null || marker === undefined) return { kind: "clean" };
    const { headers, body } = exchange.page;
    if (!body.toLowerCase().includes(marker) || !isShownAsHtml(headers, body)) return { kind: "clean" };
    const position = findBreakOut(body, marker);
    if (position === null) return { kind: "undecided" };
    return { kind: "finding", risk: blocksInlineScript(headers) ? "Low" : "Medium", exchange, position };
  },
};

/** Returns where the marker takes effect in a page; `null` if nowhere. */
function findBreakOut(html: string, marker: string): number | null {
  let found: number | null = null;
  let script: { text: string; start: number } | null = null;

  walkHtml(html, (position) => ({
    onopentag(name, attributes) {
      if (found !== null) return;
      if (name === marker || Object.hasOwn(attributes, marker) || hasHandlerBreakOut(attributes, marker)) {
        found = position();
      }
      if (name === "script" && isJavaScript(attributes.type)) script = { text: "", start: position() };
    },
    ontext(text) {
      if (script !== null) script.text += text;
    },
    onclosetag(name) {
      if (name !== "script" || script === null) return;
      if (found === null && leavesItsString(script.text, marker))
        found = script.start + Math.max(0, html.slice(script.start).indexOf(marker));
      script = null;
    },
  }));
  return found;
}

function hasHandlerBreakOut(attributes: Readonly<Record<string, string>>, marker: string): boolean {
  return Object.entries(attributes).some(([name, value]) => name.startsWith("on") && leavesItsString(value, marker));
}

function isJavaScript(type = ""): boolean {
  return /^(?:|module|(?:text|application)\/(?:x-)?(?:java|ecma)script)$/i.test(type.split(";", 1)[0]?.trim() ?? "");
}

/**
 * Returns whether the value, inserted at its marker into a script, ends its string early, or is plain code with valid syntax. The
 * value holds the marker a second time after all its quotes.
 */
function leavesItsString(source: string, marker: string): boolean {
  if (!source.includes(marker)) return false;
  const pieces = readScript(source);
  let at = 0;
  let first = source.indexOf(marker);
  for (;;) {
    const second = source.indexOf(marker, first + marker.length);
    if (second < 0) return false;
    // Otherwise the second marker belongs to another echo of the value.
    if (source.startsWith("=1", second + marker.length)) {
      while ((pieces[at]?.end ?? Number.POSITIVE_INFINITY) <= first) at += 1;
      const piece = pieces[at];
      if (piece?.kind === "code") return true;
      if ((piece?.kind === "string" || piece?.kind === "template") && piece.end <= second) return true;
    }
    first = second;
  }
}

/** CSP3: inline scripts run only where every policy allows them. */
function blocksInlineScript(headers: Headers): boolean {
  const policies = (headers.get("content-security-policy") ?? "").split(",");
  return policies.some((policy) => {
    const directives = readDirectives(policy);
    const fallback = directives.get("script-src") ?? directives.get("default-src");
    const sandbox = directives.get("sandbox");
    return (
      (sandbox !== undefined && !sandbox.includes("allow-scripts")) ||
      [directives.get("script-src-elem"), directives.get("script-src-attr")].every((own) =>
        blocksInline(own ?? fallback),
      )
    );
  });
}

/** Returns names and sources in lower case; the first of repeated directives counts. */
function readDirectives(policy: string): Map<string, readonly string[]> {
  const directives = new Map<string, readonly string[]>();
  for (const directive of policy.toLowerCase().split(";")) {
    const [name = "", ...sources] = directive.trim().split(/\s+/);
    if (!directives.has(name)) directives.set(name, sources);
  }
  return directives;
}

/** A nonce, a hash or 'strict-dynamic' disables 'unsafe-inline'. */
function blocksInline(sources: readonly string[] | undefined): boolean {
  if (sources === undefined) return false;
  const isRevoked = sources.some((source) => /^'(?:nonce-|sha(?:256|384|512)-|strict-dynamic'$)/.test(source));
  return isRevoked || !sources.includes("'unsafe-inline'");
}
