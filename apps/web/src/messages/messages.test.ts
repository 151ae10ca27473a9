import { errorCatalogue } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { apiReferenceWords } from "./api-reference-words.ts";
import { calendarWords } from "./calendar-words.ts";
import { channelWords } from "./channel-words.ts";
import { demoWords } from "./demo-words.ts";
import { en } from "./en.ts";
import { helpWords } from "./help-words.ts";
import { ja } from "./ja.ts";
import { ko } from "./ko.ts";
import { monthlyWords } from "./monthly-words.ts";
import { ownChannelWords } from "./own-channel-words.ts";
import { planWords } from "./plan-words.ts";
import { targetDetailWords } from "./target-detail-words.ts";
import { tokenWords } from "./token-words.ts";
import { viewWords } from "./view-words.ts";

type Leaf = readonly [path: string, text: string];

const samples = Array<string>(6).fill("7");

/** Every text of a catalogue with its path; functions are called with the same values in each language. */
function leaves(value: unknown, path = "", values: readonly unknown[] = samples): readonly Leaf[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, String(value(...values))]];
  return Object.entries(value as object).flatMap(([name, entry]) =>
    leaves(entry, path === "" ? name : `${path}.${name}`, values),
  );
}

/** Names and signs that are the same in every language. */
const sameEverywhere: ReadonlySet<string> = new Set([
  "shell.product",
  "jobs.searchByWords.url",
  "shell.sentences",
  "shell.sentenceGap",
  "shell.labelled",
  "targets.signOption",
  "report.lasting",
  "shell.zonedHead",
  "create.userAgentWords.iPhone",
  "channels.kinds.teams",
  "apiReference.title",
  "views.actionOf",
]);

/** Catalogues with the words that come with their pages alone. */
const others = {
  ko: {
    ...ko,
    tokens: tokenWords.ko,
    apiReference: apiReferenceWords.ko,
    help: helpWords.ko,
    channels: channelWords.ko,
    targetDetails: targetDetailWords.ko,
    views: viewWords.ko,
    plans: planWords.ko,
    monthly: monthlyWords.ko,
    calendar: calendarWords.ko,
    demo: demoWords.ko,
    ownChannel: ownChannelWords.ko,
  },
  ja: {
    ...ja,
    tokens: tokenWords.ja,
    apiReference: apiReferenceWords.ja,
    help: helpWords.ja,
    channels: channelWords.ja,
    targetDetails: targetDetailWords.ja,
    views: viewWords.ja,
    plans: planWords.ja,
    monthly: monthlyWords.ja,
    calendar: calendarWords.ja,
    demo: demoWords.ja,
    ownChannel: ownChannelWords.ja,
  },
};
const english = new Map(
  leaves({
    ...en,
    tokens: tokenWords.en,
    apiReference: apiReferenceWords.en,
    help: helpWords.en,
    channels: channelWords.en,
    targetDetails: targetDetailWords.en,
    views: viewWords.en,
    plans: planWords.en,
    monthly: monthlyWords.en,
    calendar: calendarWords.en,
    demo: demoWords.en,
    ownChannel: ownChannelWords.en,
  }),
);
const errorCodes = Object.keys(en.errors);

describe.each(Object.entries(others))("the %s catalogue", (_, catalogue) => {
  it("has exactly the texts the English one has", () => {
    expect(
      leaves(catalogue)
        .map(([path]) => path)
        .sort(),
    ).toEqual([...english.keys()].sort());
  });

  it("leaves only names in English", () => {
    const untranslated = leaves(catalogue).filter(
      ([path, text]) => english.get(path) === text && !sameEverywhere.has(path),
    );
    expect(untranslated).toEqual([]);
  });

  it("is written in its own script, except for shared texts", () => {
    const script =
      catalogue === others.ko ? /\p{Script=Hangul}/u : /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
    const foreign = leaves(catalogue).filter(([path, text]) => !script.test(text) && !sameEverywhere.has(path));
    expect(foreign).toEqual([]);
  });

  it("does not contain the other language's script", () => {
    const wrong = catalogue === others.ko ? /[\p{Script=Hiragana}\p{Script=Katakana}]/u : /\p{Script=Hangul}/u;
    expect(leaves(catalogue).filter(([, text]) => wrong.test(text))).toEqual([]);
  });
});

describe.each(Object.entries({ en, ...others }))("the errors in %s", (_, { errors }) => {
  it("have a text for every code of the catalogue", () => {
    expect(errorCodes).toEqual(expect.arrayContaining(Object.keys(errorCatalogue)));
    for (const code of Object.keys(errorCatalogue)) {
      expect(Object.hasOwn(errors, code), code).toBe(true);
    }
  });

  it("contain no bare code in the headline, no blame and no apology", () => {
    for (const [code, { title, next }] of Object.entries(errors)) {
      expect(title, code).not.toContain(code);
      expect(`${title} ${next}`.toLowerCase()).not.toMatch(/oops|sorry|죄송|申し訳/);
    }
  });

  it("are whole sentences", () => {
    for (const [code, { title, next }] of Object.entries(errors)) {
      expect.soft(title, code).toMatch(/.{5}[.。]$/);
      expect.soft(next, code).toMatch(/.{3}[.。]$/);
      expect.soft(title, code).not.toBe(next);
    }
  });

  it("contain no double or trailing space and no unfilled placeholder", () => {
    for (const { title, next } of Object.values(errors)) {
      expect(`${title}|${next}`).not.toMatch(/ {2}|^ | $|\$\{|undefined/);
    }
  });
});

describe("Korean sentences", () => {
  it("put the particle behind a value that fits its last sound", () => {
    const textsWith = (sample: string) => leaves(others.ko, "", Array<string>(6).fill(sample));
    const end = "(?=[ .,]|$)";
    expect(textsWith("값").filter(([, text]) => new RegExp(`값(?:를|는|가|와|로)${end}`).test(text))).toEqual([]);
    expect(textsWith("나무").filter(([, text]) => new RegExp(`나무(?:을|은|이|과|으로)${end}`).test(text))).toEqual([]);
  });
});

describe("Japanese sentences", () => {
  it("state the update time without a superfluous particle", () => {
    expect(ja.jobs.updated(ja.formatWords.ago.justNow)).toBe("たった今更新");
    expect(ja.jobs.updated(ja.formatWords.ago.minutes(3))).toBe("3分前に更新");
  });

  it("are joined without a space", () => {
    expect(ja.shell.sentences("一つ目。", "二つ目。")).toBe("一つ目。二つ目。");
  });
});
