import type { SeedWeakness } from "./seed-targets.ts";

export const seedLanguages = ["ko", "ja", "en"] as const;
/** The language of the scanned site. */
export type SeedLanguage = (typeof seedLanguages)[number];

interface Sample {
  /** The parameter value that was sent. */
  readonly value: string;
  readonly status: string;
  /** The part of the response that proves it. */
  readonly excerpt: string;
}

interface SiteWords {
  noResults(query: string): string;
  justNow: string;
  today: string;
  databaseError: string;
}

const siteWords: Readonly<Record<SeedLanguage, SiteWords>> = {
  ko: {
    noResults: (query) => `'${query}' 검색 결과 0건`,
    justNow: "방금",
    today: "오늘: ",
    databaseError: "일시적인 오류가 발생했습니다.",
  },
  ja: {
    noResults: (query) => `「${query}」の検索結果は0件です`,
    justNow: "たった今",
    today: "本日：",
    databaseError: "一時的なエラーが発生しました。",
  },
  en: {
    noResults: (query) => `0 results for '${query}'`,
    justNow: "just now",
    today: "Today: ",
    databaseError: "Something went wrong for a moment.",
  },
};

const samples: Readonly<
  Record<SeedWeakness["place"], (marker: string, parameter: string, words: SiteWords) => Sample>
> = {
  element: (marker, _, { noResults }) => ({
    value: `<${marker}>`,
    status: "200 OK",
    excerpt: `<p class="result-title">${noResults(`<${marker}>`)}</p>`,
  }),
  attribute: (marker, parameter) => ({
    value: `"><${marker}>`,
    status: "200 OK",
    excerpt: `<input type="hidden" name="${parameter}" value=""><${marker}>">`,
  }),
  script: (marker, parameter) => ({
    value: `';${marker}//`,
    status: "200 OK",
    excerpt: `<script>var ${parameter} = '';${marker}//';</script>`,
  }),
  stored: (marker, _, { justNow }) => ({
    value: `<${marker}>`,
    status: "200 OK",
    excerpt: `<li class="entry"><strong><${marker}></strong><time>${justNow}</time></li>`,
  }),
  directive: (marker, _, { today }) => ({
    value: `${marker}<!--#echo var="DATE_LOCAL" -->`,
    status: "200 OK",
    excerpt: `<div class="notice">${today}${marker}Sunday, 04-Oct-2026 03:12:41 KST</div>`,
  }),
  database: (marker, _, { databaseError }) => ({
    value: `1'"${marker}`,
    status: "500 Internal Server Error",
    excerpt: `<p>${databaseError}</p><pre>You have an error in your SQL syntax; check the manual that corresponds to your server version near '"${marker}'' at line 1</pre>`,
  }),
  file: () => ({
    value: "../../../../etc/shells",
    status: "200 OK",
    excerpt: "<pre># /etc/shells: valid login shells\n/bin/sh\n/bin/bash</pre>",
  }),
};

/** Returns request and response as a scanner would record them; `url` is the weak place, `marker` the harmless text sent. */
export function seedEvidence(
  { place, method, parameter }: Pick<SeedWeakness, "place" | "method" | "parameter">,
  url: URL,
  marker: string,
  language: SeedLanguage = "ko",
): string {
  const { value, status, excerpt } = samples[place](marker, parameter, siteWords[language]);
  const field = `${parameter}=${encodeURIComponent(value)}`;
  const request =
    method === "GET"
      ? [`GET ${url.pathname}?${field} HTTP/1.1`, `Host: ${url.host}`]
      : [
          `POST ${url.pathname} HTTP/1.1`,
          `Host: ${url.host}`,
          "Content-Type: application/x-www-form-urlencoded",
          "",
          field,
        ];
  return [...request, "", `HTTP/1.1 ${status}`, "Content-Type: text/html; charset=utf-8", "", `… ${excerpt} …`].join(
    "\n",
  );
}
