import { describe, expect, it } from "vitest";
import { judgeAnswers } from "../testing/judge-answers.ts";
import { reflectedXss } from "./reflected-xss.ts";

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
const angles = (text: string) => text.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const noAngles = (text: string) => text.replace(/[<>]/g, "");
const backslashed = (text: string) => text.replace(/[\\'"`]/g, "\\$&");
const inScript = (text: string) => JSON.stringify(text).replaceAll("<", "\\u003c");

function judge(render: (value: string) => string, headers: Record<string, string> = {}) {
  return judgeAnswers(reflectedXss, (value) => ({ body: render(value), headers }));
}

describe("reflected XSS is found", () => {
  it.each<[string, (value: string) => string]>([
    ["between tags", (v) => `<p>${v}</p>`],
    ["between tags, in upper case", (v) => `<p>${v.toUpperCase()}</p>`],
    ["in a double-quoted attribute", (v) => `<input value="${v}">`],
    ["in a single-quoted attribute", (v) => `<input value='${v}'>`],
    ["in an attribute that only loses its angle brackets", (v) => `<input value="${angles(v)}">`],
    ["in an unquoted attribute, though escaped", (v) => `<input value=${escapeHtml(v)}>`],
    ["as the name of a tag's attribute", (v) => `<input ${noAngles(v)}>`],
    ["in a single-quoted script string", (v) => `<script>var a = '${noAngles(v)}';</script>`],
    ["in a double-quoted script string", (v) => `<script>var a = "${noAngles(v)}";</script>`],
    [
      "in a script string behind a regular expression",
      (v) => `<script>x = y.replace(/["']/g, ''); a = "${noAngles(v)}"</script>`,
    ],
    [
      "in a script string behind a division and a comment",
      (v) => `<script>/* it's */ x = 4 / 2; // don't\na = '${noAngles(v)}'</script>`,
    ],
    ["in a template string", (v) => `<script>a = \`hello ${noAngles(v)}\`</script>`],
    ["in a template string behind a hole", (v) => `<script>a = \`\${f({b: 1})} ${noAngles(v)}\`</script>`],
    ["in plain script code", (v) => `<script>a = ${escapeHtml(v)};</script>`],
    [
      "in a well-quoted script string that lets the script end",
      (v) => `<script>var a = ${JSON.stringify(v)};</script>`,
    ],
    [
      "in a data block that lets the script end",
      (v) => `<script type="application/json">${JSON.stringify(v)}</script>`,
    ],
    ["in an event handler, though escaped for HTML", (v) => `<b onclick="go('${escapeHtml(v)}')">b</b>`],
    ["in the second of two places", (v) => `<title>${escapeHtml(v)}</title><p>${v}</p>`],
    ["behind an echo that is harmless in a script", (v) => `<script>a = ${inScript(v)}; b = "${noAngles(v)}"</script>`],
    ["in a page of another language's sort", (v) => `<!doctype html><meta charset=utf-8><p>검색: ${v}`],
  ])("%s", (_, render) => {
    expect(judge(render)).toMatchObject({ kind: "finding", risk: "Medium" });
  });

  it("in an error page", () => {
    const judgement = judgeAnswers(reflectedXss, (value) => ({ body: `No page ${value}`, status: 404 }));
    expect(judgement.kind).toBe("finding");
  });

  it.each([
    ["XHTML", { "content-type": "application/xhtml+xml; charset=utf-8" }],
    ["an answer without a type that looks like HTML", { "content-type": "" }],
  ])("in %s", (_, headers) => {
    expect(judge((v) => `<!doctype html><p>${v}</p>`, headers)).toMatchObject({ kind: "finding" });
  });

  it("at the place that shows it", () => {
    const judgement = judge((v) => `<title>${escapeHtml(v)}</title><p>${v}</p>`);
    expect(judgement.kind === "finding" && judgement.exchange.page?.body.slice(judgement.position)).toMatch(
      /^<wscx\w{8}>/,
    );
  });

  it.each([
    ["script-src 'self'"],
    ["default-src 'none'"],
    ["img-src *, default-src 'self'"],
    ["script-src 'unsafe-inline' 'nonce-abc'"],
    ["script-src 'unsafe-inline' 'strict-dynamic'"],
    ["sandbox allow-forms"],
  ])("with a low risk when the page's policy stops inline scripts: %s", (policy) => {
    expect(judge((v) => `<p>${v}</p>`, { "content-security-policy": policy })).toMatchObject({ risk: "Low" });
  });

  it.each([
    ["script-src 'self' 'unsafe-inline'"],
    ["default-src 'unsafe-inline'"],
    ["img-src 'self'"],
    ["script-src 'self'; script-src-attr 'unsafe-inline'"],
    ["sandbox allow-scripts"],
    ["frame-ancestors 'none'"],
  ])("with a medium risk when the policy lets them run: %s", (policy) => {
    expect(judge((v) => `<p>${v}</p>`, { "content-security-policy": policy })).toMatchObject({ risk: "Medium" });
  });
});

describe("no XSS is reported", () => {
  it.each<[string, (value: string) => string]>([
    ["where the value does not come back", () => "<p>nothing</p>"],
    ["for a page that echoes only the harmless part", (v) => `<p>${v.replace(/[^a-z0-9]/g, "")}</p>`],
    ["for escaped text", (v) => `<p>${escapeHtml(v)}</p>`],
    ["for text without its angle brackets", (v) => `<p>${noAngles(v)}</p>`],
    ["for text without tags", (v) => `<p>${v.replace(/<[^>]*>/g, "")}</p>`],
    ["for a quoted and escaped attribute", (v) => `<input value="${escapeHtml(v)}" title='${escapeHtml(v)}'>`],
    ["for a quoted attribute that escapes its quote only", (v) => `<input value="${v.replaceAll('"', "&quot;")}">`],
    ["inside a comment", (v) => `<!-- ${v} -->`],
    ["inside a textarea", (v) => `<textarea>${v}</textarea>`],
    ["inside a title", (v) => `<title>${v}</title>`],
    ["inside a style", (v) => `<style>${v}</style>`],
    ["for a URL-encoded link", (v) => `<a href="/next?q=${encodeURIComponent(v)}">next</a>`],
    ["for a safe script string", (v) => `<script>var a = ${inScript(v)};</script>`],
    ["for a backslashed script string", (v) => `<script>var a = '${noAngles(backslashed(v))}';</script>`],
    ["for a script string escaped for HTML", (v) => `<script>var a = '${escapeHtml(v)}';</script>`],
    [
      "for two safe echoes in one script",
      (v) => `<script>a = ${inScript(v)}; b = ${inScript(v)}; c = "${v.replace(/\W/g, "")}"</script>`,
    ],
    ["for a comment in a script", (v) => `<script>/* ${noAngles(v)} */ // ${noAngles(v)}</script>`],
    ["for a data block", (v) => `<script type="application/ld+json">{"q": '${noAngles(v)}'}</script>`],
    ["for a handler escaped for both languages", (v) => `<b onclick="go(${escapeHtml(inScript(v))})">b</b>`],
    ["for an ordinary attribute that only looks like code", (v) => `<b title="go('${escapeHtml(v)}')">b</b>`],
  ])("%s", (_, render) => {
    expect(judge(render).kind).toBe("clean");
  });

  it.each<[string, Record<string, string>]>([
    ["plain text", { "content-type": "text/plain" }],
    ["JSON", { "content-type": "application/json" }],
    ["a script file", { "content-type": "text/javascript" }],
    ["a style sheet", { "content-type": "text/css" }],
    ["an unknown binary", { "content-type": "application/octet-stream" }],
    ["a download", { "content-disposition": "attachment; filename=a.html" }],
    ["an answer without a type that forbids guessing", { "content-type": "", "x-content-type-options": "nosniff" }],
  ])("in %s", (_, headers) => {
    expect(judge((v) => `<!doctype html><p>${v}</p>`, headers).kind).toBe("clean");
  });

  it("in an answer without a type that does not look like HTML", () => {
    expect(judge((v) => `echo: <p>${v}</p>`, { "content-type": "" }).kind).toBe("clean");
  });

  it("when the site does not answer, and no second probe is sent", () => {
    expect(judgeAnswers(reflectedXss, () => null)).toEqual({ kind: "clean", sent: 1 });
  });

  it("for the marker of an earlier probe stored by the site", () => {
    const kept: string[] = [];
    const answer = (value: string) => {
      const body = kept.map((earlier) => `<p>${earlier}</p>`).join("");
      kept.push(value);
      return { body };
    };
    expect(judgeAnswers(reflectedXss, answer).kind).toBe("clean");
    expect(judgeAnswers(reflectedXss, answer).kind).toBe("clean");
  });
});

describe("its cost and side effects", () => {
  it("sends one probe when nothing is reflected", () => {
    expect(judge(() => "").kind).toBe("clean");
    expect(judge(() => "")).toMatchObject({ sent: 1 });
  });

  it("sends nothing that a browser would execute", () => {
    judge((value) => {
      expect(value).not.toMatch(/<script|javascript:|\bon\w+=|alert|eval/i);
      return value;
    });
  });

  it.each([
    ["echoes without end", (v: string) => `<script>${v.repeat(30_000)}</script>`],
    ["opens strings without end", (v: string) => `<script>${`'${"`"}/`.repeat(300_000)}${v}</script>`],
    ["nests without end", (v: string) => `${"<i>".repeat(500_000)}${v}`],
  ])("is done in bounded time with a page that %s", { timeout: 60_000 }, (_, render) => {
    expect(["finding", "clean"]).toContain(judge(render).kind);
  });
});
