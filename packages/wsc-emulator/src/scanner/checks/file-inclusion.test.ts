import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { judgeAnswers } from "../testing/judge-answers.ts";
import { fileInclusion } from "./file-inclusion.ts";

const shells = "# /etc/shells: valid login shells\n/bin/sh\n/bin/bash\n/usr/bin/tmux\n";
const winIni = "; for 16-bit app support\r\n[fonts]\r\n[extensions]\r\n";
const noFile = "No such file";

function judge(render: (value: string) => string) {
  return judgeAnswers(fileInclusion, (value) => ({ body: render(value) }));
}

/** What a program reads that appends the value to its own folder. */
function read(value: string, files: Record<string, string> = { "/etc/shells": shells }): string | undefined {
  return files[posix.normalize(`/srv/www/pages/${value}`)];
}

describe("file inclusion is found", () => {
  it.each<[string, (value: string) => string]>([
    ["where the file stands in a page", (v) => `<pre>${read(v) ?? noFile}</pre>`],
    ["where it is all there is", (v) => read(v) ?? noFile],
    ["where it stands in a JSON string", (v) => JSON.stringify({ text: read(v) ?? noFile })],
    ["where its lines end as on Windows", (v) => (read(v) ?? noFile).replaceAll("\n", "\r\n")],
    ["where a missing file brings an empty page", (v) => read(v) ?? ""],
    ["where the page speaks of shells anyway", (v) => `<i>/bin/sh</i><pre>${read(v) ?? noFile}</pre>`],
    ["on Windows", (v) => read(v, { "/windows/win.ini": winIni }) ?? noFile],
  ])("%s", (_, render) => {
    expect(judge(render)).toMatchObject({ kind: "finding", risk: "High", sent: 3 });
  });

  it("at the place that shows it", () => {
    const judgement = judge((v) => `<h1>Page</h1>${read(v) ?? noFile}`);
    expect(judgement.kind === "finding" && judgement.exchange.page?.body.slice(judgement.position)).toMatch(
      /^\n\/bin\/sh\n/,
    );
  });
});

describe("no file inclusion is reported", () => {
  it.each<[string, (value: string) => string]>([
    ["where nothing comes back", () => "<p>nothing</p>"],
    ["where the value comes back as it is", (v) => `<p>${v}</p>`],
    ["where the file is refused by name", (v) => `No such page: ${v}`],
    ["where only files of the folder are read", (v) => read(posix.basename(v)) ?? noFile],
    ["where steps upwards are removed", (v) => read(v.replaceAll("../", "")) ?? noFile],
    ["where the page always lists the shells", () => `<pre>${shells}</pre>`],
    ["where any unknown name shows the list of shells", (v) => (v === "usual" ? "usual" : shells)],
    ["where a text speaks of a shell", () => "<p>It runs /bin/sh, the shell.</p>"],
    ["where another file of that kind is named", (v) => (v.includes("etc") ? "/usr/bin/sh-like" : noFile)],
  ])("%s", (_, render) => {
    expect(judge(render).kind).toBe("clean");
  });

  it("when the site does not answer", () => {
    expect(judgeAnswers(fileInclusion, () => null).kind).toBe("clean");
  });

  it("when its control is not answered", () => {
    const answer = (value: string) => (read(value) === undefined ? null : { body: shells });
    expect(judgeAnswers(fileInclusion, answer).kind).toBe("clean");
  });
});

describe("its cost and side effects", () => {
  it("sends two probes when files have no effect", () => {
    expect(judge(() => noFile)).toMatchObject({ kind: "clean", sent: 2 });
  });

  it("requests harmless files, and one that does not exist", () => {
    const asked: string[] = [];
    judge((value) => {
      asked.push(value.replace(/^(?:\.\.\/)+/, ""));
      return read(value) ?? noFile;
    });
    expect(asked).toEqual(["etc/shells", "windows/win.ini", expect.stringMatching(/^etc\/wscx[a-z0-9]{8}$/)]);
  });
});
