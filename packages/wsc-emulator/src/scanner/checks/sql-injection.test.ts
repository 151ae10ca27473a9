import { describe, expect, it } from "vitest";
import { judgeAnswers } from "../testing/judge-answers.ts";
import { sqlInjection } from "./sql-injection.ts";

function judge(render: (value: string) => string) {
  return judgeAnswers(sqlInjection, (value) => ({ body: render(value) }));
}

const isBroken = (value: string) => /['"]/.test(value);
const nothingFound = "<p>Nothing found.</p>";

describe("SQL injection is found where a quote brings about the error of", () => {
  it.each([
    ["MySQL", `You have an error in your SQL syntax; check the manual … near '"x' at line 1`],
    ["PostgreSQL, in a string", `ERROR:  unterminated quoted string at or near "'x" LINE 1`],
    ["PostgreSQL, in an identifier", `unterminated quoted identifier at or near "&quot;x"`],
    ["PostgreSQL, elsewhere", `org.postgresql.util.PSQLException: ERROR: syntax error at or near "x"`],
    ["SQL Server", "Unclosed quotation mark after the character string 'x'."],
    ["SQL Server, elsewhere", "Incorrect syntax near 'x'."],
    ["Oracle", "ORA-01756: quoted string not properly terminated"],
    ["SQLite, by token", `unrecognized token: "'x"`],
    ["SQLite, by place, escaped", "near &quot;x&quot;: syntax error"],
  ])("%s", (_, error) => {
    expect(judge((value) => (isBroken(value) ? `<pre>${error}</pre>` : nothingFound))).toMatchObject({
      kind: "finding",
      risk: "High",
      position: expect.any(Number),
      sent: 2,
    });
  });

  it("a server, on a page that mentions such errors anyway", () => {
    const lesson = "<p>'You have an error in your SQL syntax' means a slip.</p>";
    const judgement = judge((v) => lesson + (isBroken(v) ? "<pre>You have an error in your SQL syntax near x" : ""));
    expect(judgement).toMatchObject({ kind: "finding", position: lesson.length + "<pre>".length });
  });

  it("a server that answers 500, as JSON", () => {
    const judgement = judgeAnswers(sqlInjection, (value) => ({
      status: isBroken(value) ? 500 : 200,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ error: isBroken(value) ? "You have an error in your SQL syntax" : null }),
    }));
    expect(judgement).toMatchObject({ kind: "finding", position: '{"error":"'.length });
  });
});

describe("no SQL injection is reported", () => {
  it.each<[string, (value: string) => string]>([
    ["where nothing comes back", () => nothingFound],
    ["where the value comes back as it is", (v) => `<p>${v}</p>`],
    ["where the page is about SQL errors", () => "<p>What does 'You have an error in your SQL syntax' mean?</p>"],
    [
      "where that page also shows what was asked for",
      (v) => `<p>What does 'You have an error in your SQL syntax' mean? You asked: ${v}</p>`,
    ],
    ["where the database is broken for everybody", () => "ERROR:  syntax error at or near "],
    [
      "where a bound value does not fit its column",
      (v) => (isBroken(v) ? `ERROR: invalid input syntax for type integer: "1"` : nothingFound),
    ],
    ["where a number is no number", (v) => (isBroken(v) ? "ORA-01722: invalid number" : nothingFound)],
    ["where a guard blocks quotes", (v) => (isBroken(v) ? "Blocked: possible SQL injection" : nothingFound)],
    ["where the server only fails", (v) => (isBroken(v) ? "<h1>500 Internal Server Error</h1>" : nothingFound)],
    ["where another parser complains", (v) => (isBroken(v) ? "SyntaxError: Unexpected token" : nothingFound)],
  ])("%s", (_, render) => {
    expect(judge(render).kind).toBe("clean");
  });

  it("when the site does not answer", () => {
    expect(judgeAnswers(sqlInjection, () => null)).toEqual({ kind: "clean", sent: 1 });
  });

  it("when its control is not answered", () => {
    const answer = (value: string) => (isBroken(value) ? { body: "Incorrect syntax near 'x'." } : null);
    expect(judgeAnswers(sqlInjection, answer).kind).toBe("clean");
  });
});

describe("its cost and side effects", () => {
  it("sends one probe when quotes have no effect", () => {
    expect(judge(() => nothingFound)).toMatchObject({ sent: 1 });
  });

  it("sends nothing that a database would execute", () => {
    judge((value) => {
      expect(value).toMatch(/^usual(?:'"wscx[a-z0-9]{8})?$/);
      return isBroken(value) ? "Incorrect syntax near 'x'." : nothingFound;
    });
  });

  it("takes bounded time for a page made to slow it down", { timeout: 60_000 }, () => {
    expect(judge((v) => `near "${v}`.repeat(30_000)).kind).toBe("clean");
  });
});
