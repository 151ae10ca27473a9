/** How the vendor's languages say that a field holds nothing; compared without case, blanks and enclosing signs. */
const noneWords: ReadonlySet<string> = new Set([
  "none",
  "no",
  "n",
  "na",
  "null",
  "nil",
  "nothing",
  "false",
  "off",
  "empty",
  "undefined",
  "disabled",
  "unused",
  "notused",
  "nouse",
  "notinuse",
  "notset",
  "notspecified",
  "notapplicable",
  "notavailable",
  "없음",
  "없습니다",
  "미사용",
  "사용안함",
  "사용하지않음",
  "사용안됨",
  "미설정",
  "설정안함",
  "미입력",
  "해당없음",
  "아니오",
  "なし",
  "無し",
  "無",
  "ありません",
  "未使用",
  "使用なし",
  "使用しない",
  "使用していない",
  "使用しません",
  "未設定",
  "設定なし",
  "該当なし",
  "いいえ",
]);

/** Longer texts are content. */
const maxPhraseLength = 40;

/** Whether a text says "none" in Korean, English or Japanese, or holds nothing but dashes and other signs. */
export function saysNone(text: string): boolean {
  if (text.length > maxPhraseLength * 4) return text.trim() === "";
  const words = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
  return words === "" || (words.length <= maxPhraseLength && noneWords.has(words));
}
