import type { FactName, FactState, GatewayFact } from "./gateway-facts.ts";
import { bracketed, type Language } from "./language.ts";

type Words = Readonly<Record<Language, string>>;

/** Each fact as assumed until a response shows otherwise. */
const factTexts: Readonly<Record<FactName, Words>> = {
  envelope: {
    en: "Answers come inside an envelope with returnCode and resources",
    ko: "응답이 returnCode와 resources로 감싸여 옴",
    ja: "応答はreturnCodeとresourcesに包まれている",
  },
  "number-form": {
    en: "Job numbers are JSON numbers",
    ko: "진단 번호가 JSON 숫자임",
    ja: "診断番号はJSONの数値である",
  },
  "list-order": {
    en: "The list gives the newest jobs first",
    ko: "목록은 최신 진단부터 옴",
    ja: "一覧は新しい診断から並ぶ",
  },
  "page-size": {
    en: "A page holds as many jobs as asked for, up to 100",
    ko: "한 페이지에 요청한 수만큼 진단이 담김(최대 100)",
    ja: "1ページには要求した数の診断が入る（最大100）",
  },
  "page-count": {
    en: "total_page_cnt counts pages of the size that comes",
    ko: "total_page_cnt는 실제로 오는 크기의 페이지 수임",
    ja: "total_page_cntは実際に返るサイズのページ数である",
  },
  "page-beyond-end": {
    en: "A page beyond the last one is empty",
    ko: "마지막 다음 페이지는 비어 있음",
    ja: "最後より先のページは空である",
  },
  "memo-search": {
    en: "The search finds a part of a memo, in any letter case",
    ko: "메모 검색은 일부만 입력해도, 대소문자와 관계없이 찾음",
    ja: "メモ検索は一部でも大文字小文字を問わず見つける",
  },
  "url-search": {
    en: "The search finds a job by a part of its URL",
    ko: "URL 검색은 URL 일부로도 진단을 찾음",
    ja: "URL検索はURLの一部でも診断を見つける",
  },
  "status-filter": {
    en: "The search by status code gives only jobs of that code",
    ko: "상태 코드 검색은 그 코드의 진단만 돌려줌",
    ja: "状態コードの検索はそのコードの診断だけを返す",
  },
  "status-words": {
    en: "Every status in the list is a known word",
    ko: "목록의 상태가 모두 알려진 단어임",
    ja: "一覧の状態はすべて既知の語である",
  },
  "date-zone": {
    en: "Dates are in the configured time zone",
    ko: "날짜가 설정한 시간대임",
    ja: "日時は設定したタイムゾーンのものである",
  },
  "report-form": {
    en: "A report is read without anything left over",
    ko: "보고서를 남는 부분 없이 읽음",
    ja: "レポートは余りなく読める",
  },
  "unknown-report": {
    en: "The report of an unknown job is refused with 901",
    ko: "없는 진단의 보고서는 901로 거부됨",
    ja: "存在しない診断のレポートは901で拒否される",
  },
  "memo-kept": {
    en: "A memo is kept whole (a job of this dashboard shows it)",
    ko: "메모가 그대로 보존됨(이 대시보드의 진단에서 확인)",
    ja: "メモはそのまま保存される（このダッシュボードの診断で確認）",
  },
  "created-id": {
    en: "createJob answers with the job's number (a job of this dashboard shows it)",
    ko: "createJob이 진단 번호를 돌려줌(이 대시보드의 진단에서 확인)",
    ja: "createJobは診断番号を返す（このダッシュボードの診断で確認）",
  },
  "clock-limit": {
    en: "A call whose clock is 6 minutes off is refused",
    ko: "시계가 6분 어긋난 호출은 거부됨",
    ja: "時計が6分ずれた呼び出しは拒否される",
  },
  "wrong-key": {
    en: "A wrong secret key is refused with 200 (HTTP 401)",
    ko: "잘못된 Secret Key는 200(HTTP 401)으로 거부됨",
    ja: "誤ったSecret Keyは200（HTTP 401）で拒否される",
  },
  "unknown-cancel": {
    en: "Cancelling an unknown job is refused with 901",
    ko: "없는 진단의 취소는 901로 거부됨",
    ja: "存在しない診断の取り消しは901で拒否される",
  },
};

const factStateTexts: Readonly<Record<FactState, Words>> = {
  proven: { en: "proven", ko: "확인됨", ja: "確認済み" },
  refuted: { en: "refuted", ko: "다름", ja: "異なる" },
  assumed: { en: "not shown yet", ko: "미확인", ja: "未確認" },
};

/** Texts for the values of facts; other values are shown unchanged. */
const valueTexts: Readonly<Record<string, Words>> = {
  wrapped: { en: "wrapped", ko: "감싸여 옴", ja: "包まれている" },
  bare: { en: "bare", ko: "감싸지 않음", ja: "包まれていない" },
  mixed: { en: "some wrapped, some bare", ko: "섞여 있음", ja: "混在" },
  number: { en: "numbers", ko: "숫자", ja: "数値" },
  text: { en: "text", ko: "문자열", ja: "文字列" },
  "newest-first": { en: "newest first", ko: "최신순", ja: "新しい順" },
  "oldest-first": { en: "oldest first", ko: "오래된 순", ja: "古い順" },
  unordered: { en: "in neither order", ko: "순서 없음", ja: "順序なし" },
  given: { en: "as asked for", ko: "요청한 대로", ja: "要求どおり" },
  capped: { en: "fewer than asked for", ko: "요청보다 적음", ja: "要求より少ない" },
  exceeded: { en: "more than asked for", ko: "요청보다 많음", ja: "要求より多い" },
  missing: { en: "missing", ko: "없음", ja: "なし" },
  "of-limit": { en: "pages of the size asked for", ko: "요청한 크기의 페이지 수", ja: "要求したサイズのページ数" },
  other: { en: "something else", ko: "다른 값", ja: "別の値" },
  empty: { en: "empty", ko: "비어 있음", ja: "空" },
  repeats: { en: "holds jobs", ko: "진단이 있음", ja: "診断がある" },
  error: { en: "refused", ko: "거부됨", ja: "拒否" },
  part: { en: "finds parts", ko: "부분 일치", ja: "部分一致" },
  "part-any-case": { en: "finds parts in any case", ko: "대소문자 무관 부분 일치", ja: "大文字小文字を問わず部分一致" },
  "part-same-case": {
    en: "finds parts in the same case",
    ko: "대소문자까지 부분 일치",
    ja: "大文字小文字も含め部分一致",
  },
  "whole-only": { en: "finds the whole text only", ko: "전체 일치만", ja: "完全一致のみ" },
  none: { en: "finds nothing", ko: "찾지 못함", ja: "見つからない" },
  ignored: { en: "is ignored", ko: "무시됨", ja: "無視される" },
  kept: { en: "is kept", ko: "적용됨", ja: "適用される" },
  known: { en: "known", ko: "알려진 단어", ja: "既知" },
  unknown: { en: "unknown words", ko: "알 수 없는 단어", ja: "未知の語" },
  configured: { en: "the configured zone", ko: "설정한 시간대", ja: "設定したタイムゾーン" },
  explicit: { en: "the zone is written", ko: "시간대가 적혀 있음", ja: "タイムゾーンの記載あり" },
  whole: { en: "kept whole", ko: "전체 보존", ja: "全文保存" },
  cut: { en: "cut off", ko: "뒷부분이 잘림", ja: "途中で切れる" },
  changed: { en: "changed", ko: "변경됨", ja: "変更される" },
  lost: { en: "an accepted job is in no list", ko: "접수된 진단이 목록에 없음", ja: "受け付けた診断が一覧にない" },
  behind: { en: "starts lie before the call", ko: "시작이 호출보다 앞섬", ja: "開始が呼び出しより前" },
  ahead: { en: "starts lie in the future", ko: "시작이 미래임", ja: "開始が未来" },
  unread: { en: "dates in a form that is not read", ko: "읽을 수 없는 날짜 형식", ja: "読めない日時の形式" },
  read: { en: "read", ko: "읽음", ja: "読めた" },
  "left-over": { en: "parts are left over", ko: "읽지 못한 부분 있음", ja: "読めない部分あり" },
  unreadable: { en: "cannot be read", ko: "읽을 수 없음", ja: "読めない" },
  accepted: { en: "accepted", ko: "받아들여짐", ja: "受け付けられた" },
};

const httpText: Words = { en: "HTTP {n}", ko: "HTTP {n}", ja: "HTTP {n}" };

/** What the number of a fact is. */
const measureTexts: Readonly<Partial<Record<FactName, Words>>> = {
  "memo-kept": { en: "{n} characters seen", ko: "{n}자까지 확인", ja: "{n}文字まで確認" },
  "page-size": { en: "{n} per page", ko: "한 페이지에 {n}건", ja: "1ページに{n}件" },
  "page-count": { en: "total_page_cnt {n}", ko: "total_page_cnt {n}", ja: "total_page_cnt {n}" },
  "page-beyond-end": { en: "{n} of them", ko: "{n}건", ja: "{n}件" },
  "status-filter": { en: "{n} over all codes", ko: "모든 코드 합계 {n}건", ja: "全コードの合計{n}件" },
  "status-words": { en: "{n} of them", ko: "{n}가지", ja: "{n}種類" },
  "date-zone": {
    en: "start and clock {n} min apart",
    ko: "시작 시각과 시계의 차이 {n}분",
    ja: "開始時刻と時計の差{n}分",
  },
  "report-form": { en: "{n} of them", ko: "{n}개", ja: "{n}個" },
  "unknown-report": httpText,
  "clock-limit": httpText,
  "wrong-key": httpText,
  "unknown-cancel": httpText,
};

const codeText: Words = { en: "code {n}", ko: "코드 {n}", ja: "コード{n}" };

const inLanguage = <Key extends string>(texts: Readonly<Record<Key, Words>>, language: Language): Record<Key, string> =>
  Object.fromEntries(Object.entries<Words>(texts).map(([key, words]) => [key, words[language]])) as Record<Key, string>;

/** Returns each fact as a statement, as assumed until a response shows otherwise. */
export const factTextsIn = (language: Language): Readonly<Record<FactName, string>> => inLanguage(factTexts, language);

/** Describes the value of a fact; a number is a code of the vendor, other words are shown unchanged. */
export function describeFactValue(value: string, language: Language): string {
  if (/^\d+$/.test(value)) return codeText[language].replace("{n}", value);
  return Object.hasOwn(valueTexts, value) ? (valueTexts[value]?.[language] ?? value) : value;
}

/** Describes what the gateway does, and what the number of it is; empty while unobserved. */
export function describeEvidence(
  { name, value, measure }: Pick<GatewayFact, "name" | "value" | "measure">,
  language: Language,
): string {
  const known = value === null ? null : describeFactValue(value, language);
  const counted = measure === null ? null : (measureTexts[name]?.[language] ?? "{n}").replace("{n}", String(measure));
  return [known, counted].filter((part) => part !== null).join(language === "ja" ? "、" : ", ");
}

/** Describes a fact in one line: its text, its state, and what the gateway does. */
export function describeFact(fact: GatewayFact, language: Language): string {
  const evidence = describeEvidence(fact, language);
  const suffix = evidence === "" ? "" : bracketed(language, evidence);
  return `${factTexts[fact.name][language]}: ${factStateTexts[fact.state][language]}${suffix}`;
}
