import { describe, expect, it } from "vitest";
import { judgeAnswers } from "../testing/judge-answers.ts";
import { ssiInjection } from "./ssi-injection.ts";

const clock = "Monday, 23-Nov-2026 09:15:00 KST";

function judge(render: (value: string) => string, headers: Record<string, string> = {}) {
  return judgeAnswers(ssiInjection, (value) => ({ body: render(value), headers }));
}

/** A server with includes; `unknown` is its output for an undefined variable. */
function includes(text: string, date = clock, unknown = "(none)"): string {
  return text.replace(/<!--#echo var="(\w+)" -->/g, (_, name: string) => (name === "DATE_LOCAL" ? date : unknown));
}

describe("SSI injection is found", () => {
  it.each<[string, (value: string) => string]>([
    ["where the directive becomes the clock", (v) => `<p>${includes(v)}</p>`],
    ["whatever form the clock has", (v) => includes(v, "23. November")],
    ["where an unknown variable prints nothing", (v) => includes(v, clock, "")],
    ["where every variable prints the clock", (v) => includes(v, clock, clock)],
    ["where an unknown variable stays as it is", (v) => v.replace('<!--#echo var="DATE_LOCAL" -->', clock)],
    ["where comments are stripped as well", (v) => includes(v).replace(/<!--.*?-->/g, "")],
    ["where only one of two echoes is executed", (v) => `<b title="${v.replaceAll("<", "&lt;")}">${includes(v)}</b>`],
    ["where tags are stripped", (v) => includes(v.replace(/<\/?[a-z][^>]*>/gi, ""))],
  ])("%s", (_, render) => {
    expect(judge(render)).toMatchObject({ kind: "finding", risk: "High" });
  });

  it("at the place that shows it", () => {
    const judgement = judge((v) => `<p>${includes(v)}</p>`);
    expect(judgement.kind === "finding" && judgement.exchange.page?.body.slice(judgement.position)).toMatch(
      /^wscx\w{8}Monday, 23-Nov-2026 09:15:00 KSTwscx\w{8}<\/p>$/,
    );
  });
});

describe("no SSI injection is reported", () => {
  it.each<[string, (value: string) => string]>([
    ["where nothing comes back", () => "<p>nothing</p>"],
    ["where the directive comes back as it is", (v) => `<p>${v}</p>`],
    ["where it comes back escaped", (v) => v.replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")],
    ["where it comes back URL-encoded", (v) => encodeURIComponent(v)],
    ["where it comes back as JSON", (v) => JSON.stringify({ v })],
    ["where it comes back in upper case", (v) => v.toUpperCase()],
    ["where its angle brackets are lost", (v) => v.replace(/[<>]/g, "")],
    ["where everything but letters is lost", (v) => v.replace(/\W/g, "")],
    ["where comments are stripped", (v) => v.replace(/<!--.*?-->/g, "")],
    ["where comments become a blank", (v) => v.replace(/<!--.*?-->/g, " ")],
    ["where comments become a word", (v) => v.replace(/<!--.*?-->/g, "[removed]")],
    ["where comments become as many stars", (v) => v.replace(/<!--.*?-->/g, (comment) => "*".repeat(comment.length))],
    ["where comments become a dated note", (v) => v.replace(/<!--.*?-->/g, "[removed 23.11.2026 09:15]")],
    ["where directives become a word and comments stay", (v) => v.replace(/<!--#.*?-->/g, "[directive removed]")],
    ["where everything between tags is cut to a dash", (v) => v.replace(/<[^>]*>/g, "…")],
    ["where only the clock's directive is refused", (v) => (v.includes("DATE_LOCAL") ? "refused" : v)],
  ])("%s", (_, render) => {
    expect(judge(render).kind).toBe("clean");
  });

  it("when the site does not answer", () => {
    expect(judgeAnswers(ssiInjection, () => null)).toEqual({ kind: "clean", sent: 1 });
  });

  it("when its controls are not answered", () => {
    const answer = (value: string) => (value.includes("DATE_LOCAL") ? { body: includes(value) } : null);
    expect(judgeAnswers(ssiInjection, answer).kind).toBe("clean");
  });
});

describe("its cost and side effects", () => {
  it("sends one probe when the directive has no effect", () => {
    expect(judge((v) => v)).toMatchObject({ sent: 1 });
    expect(judge((v) => v.replace(/<!--.*?-->/g, ""))).toMatchObject({ sent: 1 });
  });

  it("sends only directives that print, never one that reads or runs", () => {
    judge((value) => {
      expect(value).not.toMatch(/#(?:exec|include|config|set|printenv|fsize)/i);
      return includes(value);
    });
  });

  it("takes bounded time for a page that echoes endlessly", { timeout: 60_000 }, () => {
    expect(judge((v) => v.repeat(30_000)).kind).toBe("clean");
  });
});
