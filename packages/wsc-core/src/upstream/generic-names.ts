import { readSeverity } from "../domain/severity.ts";

const listName =
  /^(?:vulns?|vuln(?:erabilit(?:y|ies))?|findings?|issues?|details?|urls?|items?|rows?|results?|data|record|scan|check|취약점|진단|점검|항목|취약|脆弱性|診断|項目)?_?(?:url|vuln|item|취약점|항목|상세|결과|詳細|結果)?_?(?:lists?|rows?|items?|details?|urls?|data|results?|records?|groups?|array|vulns|vulnerabilities|findings|issues|entry|entries|contents?|pages?|목록|리스트|내역|결과|상세|항목|データ|リスト|一覧|結果|詳細|項目)$/i;
/** A list index: "0", "#1", "Vuln_1", "item-12", "No. 3", "취약점 1", "3件目". */
const indexName =
  /^(?:vuln|vulnerability|finding|issue|detail|entry|item|row|list|page|record|result|group|no|index|idx|num|url|취약점|항목|번호|목록|결과|상세|페이지|脆弱性|項目|番号|結果|詳細|第)?_?[0-9]{1,9}(?:번째|번|페이지|件目|件|番目|番|건|개)?$/i;
/** Words for counts and risks, as a whole name or parts of one ("TOTAL_CNT", "High Risk", "전체 합계", "높음(High)"). */
const countOrRiskWord =
  /^(?:grand|sub|total|subtotal|sum|all|count|counts|cnt|number|critical|urgent|very|high|medium|middle|mid|low|info|informational|information|none|risk|severity|level|h|m|l|vuln|vulns|findings|issues|ea|건|개|件|個|합계|소계|총합|총합계|전체|총계|총|건수|총건수|개수|합|상|중|하|매우|높음|중간|보통|낮음|심각|치명|긴급|위험|위험도|등급|정보|合計|小計|総計|総件数|総合計|件数|計|全体|高|中|低|上|下|危険度|重大|緊急|情報)$/i;
const maxGenericLength = 60;

const joined = (name: string): string =>
  name
    .trim()
    .replace(/[\s._#-]+/g, "_")
    .replace(/^_/, "");

/** Whether a name is only that of a list. */
export const isListName = (name: string): boolean => name.length <= maxGenericLength && listName.test(joined(name));
/** Whether a name is only a place in a list. */
export const isIndexName = (name: string): boolean => name.length <= maxGenericLength && indexName.test(joined(name));

/** Splits a name into words, also before a capital letter ("HighCnt"). */
const wordsOf = (name: string): string[] =>
  name
    .replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

const isCountOrRisk = (name: string): boolean =>
  countOrRiskWord.test(name) ||
  // Tables space out short words: "합 계".
  countOrRiskWord.test(name.replace(/\s/g, "")) ||
  wordsOf(name).every((word) => countOrRiskWord.test(word) || readSeverity(word) !== null);

/** Whether a name carries no information: a list, an index, a count or a risk word. Never true for an item or a domain. */
export function isGenericName(name: string): boolean {
  const text = name.normalize("NFKC").trim();
  if (text.length > maxGenericLength) return false;
  return text === "" || isListName(text) || isIndexName(text) || isCountOrRisk(text);
}

/** A dotted name in any script, or an address, with optional port and path. */
const hostName =
  /^[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)+\.?(?::\d+)?(?:\/\S*)?$|^\[[0-9a-f:.]+\](?::\d+)?$|^localhost(?::\d+)?$|^https?:\/\//iu;
/** Whether a name has the form of a host name. */
export const isHostName = (name: string): boolean => hostName.test(name);
