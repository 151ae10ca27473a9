import { describe, expect, it } from "vitest";
import { readFiles } from "./read-sources.ts";

/** Texts for people in one language: the screens' catalogue and the texts of exported files and notifications. */
const sourcesOf = (language: "ko" | "ja"): readonly [string, string][] => [
  ...readFiles(
    new RegExp(
      `^apps/(?:web/src/messages/${language}/.*(?<!test)|bff/src/(?:reports|deliveries)/words/${language})\\.ts$`,
    ),
  ),
];

/** String and template literals with their file; each inserted value is replaced by one placeholder character. */
function listTexts(language: "ko" | "ja"): readonly (readonly [path: string, text: string])[] {
  return sourcesOf(language).flatMap(([path, source]) =>
    [...source.matchAll(/"((?:[^"\\\n]|\\.)*)"|`([^`]*)`/g)].map(
      ([, quoted, template]) => [path, (quoted ?? template ?? "").replaceAll(/\$\{[^}]*\}/g, "◆")] as const,
    ),
  );
}

const breaking = (language: "ko" | "ja", forbidden: RegExp, only: RegExp = /./): readonly string[] =>
  listTexts(language)
    .filter(([, text]) => only.test(text) && forbidden.test(text))
    .map(([path, text]) => `${path}: ${text}`);

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

describe("Japanese texts", () => {
  it("exist", () => {
    expect(listTexts("ja").filter(([, text]) => japanese.test(text)).length).toBeGreaterThan(500);
  });

  it("have no space behind a full stop or comma", () => {
    expect(breaking("ja", /[。、] /)).toEqual([]);
  });

  it("use full-width question marks and brackets", () => {
    expect(breaking("ja", /[?()]/, japanese)).toEqual([]);
  });

  it("have no space between a number and its unit", () => {
    expect(breaking("ja", /[\d◆] (?:年|か月|日|時間|分|秒|件|回|行|文字)/)).toEqual([]);
  });

  it("have no space between a Latin letter or digit and a Japanese one, except behind a URL", () => {
    const letter = "\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Han}";
    expect(
      breaking("ja", new RegExp(`[${letter}] [A-Za-z0-9]|(?<!://[^ ]*)[A-Za-z0-9] (?!第)[${letter}]`, "u")),
    ).toEqual([]);
  });

  it("write the long vowel at the end of borrowed words", () => {
    expect(breaking("ja", /(?:ブラウザ|サーバ|パラメータ|ヘッダ|ユーザ|スキャナ|フォルダ)(?!ー)/)).toEqual([]);
  });

  it("spell わかる in one way", () => {
    expect(breaking("ja", /分か[らりるっ]/)).toEqual([]);
  });

  it("put a narrow colon and a space behind a label", () => {
    expect(breaking("ja", /：/)).toEqual([]);
  });

  it("use one word for each thing", () => {
    const replaced = /未対応|未検査|証拠|運用者|中止|時間帯は[A-Z]|読み取り失敗|通知チャンネル/;
    expect(breaking("ja", replaced)).toEqual([]);
  });
});

/** Nouns of the glossary by their last sound. */
const endingInVowel =
  "정보|파라미터|대시보드|보고서|쿠키|헤더|주소|메모|데이터베이스|스캐너|클라우드|서버|브라우저|사용자|관리자|호스트|범위|한도";
const endingInConsonant = "진단|대상|일정|취약점|항목|요청|설정|로그인|시각|요금|작업|실행|기록|계정|역할|값|파일";

describe("Korean texts", () => {
  it("exist", () => {
    expect(listTexts("ko").filter(([, text]) => /\p{Script=Hangul}/u.test(text)).length).toBeGreaterThan(500);
  });

  it("have the particle that fits the last sound of a noun", () => {
    expect(breaking("ko", new RegExp(`(?:${endingInVowel})(?:이|을|은|과|으로)(?=[ .,])`))).toEqual([]);
    expect(breaking("ko", new RegExp(`(?:${endingInConsonant})(?:가|를|는|와)(?=[ .,])`))).toEqual([]);
  });

  it("use one word for each thing", () => {
    const replaced =
      /리포트|증거|매개변수|발견 항목|미점검|연결 시험|버리기|놓침|하셨습니다|미조치|조치됨|로그인 폼|조회 기한|조회 기간|할까요/;
    expect(breaking("ko", replaced)).toEqual([]);
  });
});
