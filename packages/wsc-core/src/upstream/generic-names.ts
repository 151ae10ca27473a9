import { readSeverity } from "../domain/severity.ts";

const listName =
  /^(?:vuln(?:erabilit(?:y|ies))?|findings?|details?|urls?|items?|rows?|results?|data|record)?[_-]?(?:url|vuln|item)?[_-]?(?:lists?|rows?|items?|details?|urls?|data|results?|records?|groups?|array)$/i;
/** A place in a list: "0", "Vuln_1", "item-12". */
const indexName =
  /^(?:vuln|vulnerability|finding|detail|item|row|list|record|result|no|index|idx|num|url)?[_-]?[0-9]{1,9}$/i;
const countOrRiskWord =
  /^(?:total|sum|all|count|counts|cnt|number|critical|high|medium|middle|low|info|informational|information|none|risk|severity|level|합계|전체|총계|총|건수|개수|합|상|중|하|높음|중간|보통|낮음|위험|정보|合計|総計|件数|計|全体|高|中|低|情報)$/i;

/** Whether a name is only that of a list. */
export const isListName = (name: string): boolean => listName.test(name.trim());
/** Whether a name is only a place in a list. */
export const isIndexName = (name: string): boolean => indexName.test(name.trim());

/** Whether a name says nothing about what it names: a list, a place in one, a count or a risk word. Never an item nor a domain. */
export function isGenericName(name: string): boolean {
  const text = name.trim();
  return (
    text === "" || isListName(text) || isIndexName(text) || countOrRiskWord.test(text) || readSeverity(text) !== null
  );
}
