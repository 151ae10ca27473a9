/** Words for "none" in the vendor's languages; compared without case, blanks and enclosing punctuation. */
const noneWords: ReadonlySet<string> = new Set([
  "0",
  "0건",
  "0개",
  "0件",
  "0個",
  "x",
  "none",
  "no",
  "not",
  "nope",
  "n",
  "na",
  "null",
  "nil",
  "nothing",
  "false",
  "off",
  "empty",
  "blank",
  "unset",
  "unspecified",
  "unconfigured",
  "undefined",
  "disabled",
  "unused",
  "notused",
  "nouse",
  "notinuse",
  "notset",
  "notconfigured",
  "notentered",
  "inactive",
  "notspecified",
  "notapplicable",
  "notavailable",
  "없음",
  "없슴",
  "무",
  "공란",
  "공백",
  "빈값",
  "비어있음",
  "비었음",
  "적용안함",
  "없습니다",
  "미사용",
  "사용안함",
  "사용하지않음",
  "사용안됨",
  "미설정",
  "설정안함",
  "미입력",
  "해당없음",
  "없다",
  "아님",
  "아니오",
  "아니요",
  "안함",
  "하지않음",
  "사용하지않습니다",
  "미지정",
  "미등록",
  "비활성",
  "비활성화",
  "なし",
  "空",
  "空欄",
  "空白",
  "未適用",
  "無し",
  "無",
  "ありません",
  "無い",
  "ない",
  "未使用",
  "未利用",
  "未入力",
  "使用なし",
  "使用しない",
  "使用していない",
  "使用しません",
  "未設定",
  "設定なし",
  "該当なし",
  "いいえ",
  "ナシ",
  "無効",
  "未指定",
  "未登録",
  "指定なし",
  "しない",
  "していない",
  "しません",
]);

/** A longer text is content. */
const maxPhraseLength = 40;
/** Punctuation for "nothing". Other signs, such as asterisks, mask a value. The Japanese long vowel mark serves as a dash. */
const emptySigns =
  /^[\s\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}_.,:;"'`~\u00b7\u2212\u2500\u2501\u30fc\u30fb\u00d7\u2715\u2717\u2205]*$/u;
const dashesApart = (text: string): boolean => /^[\s\p{Pd}/|]*$/u.test(text) && /\p{Pd}/u.test(text);
/** What a word for "none" may refer to; alone it means nothing. */
const subjects =
  /users?|사용자|ユーザー?|logged ?in|log ?in|sign(?:ed)? ?in|information|info|data|authentication|authenticated|excluded?|exclusions?|urls?|로그인|정보|인증|제외|대상|ログイン|情報|認証|除外|対象/gu;
/** Words for an anonymous visitor: alone, or as a prefix of what is missing (비로그인, 未ログイン). */
const nobody: ReadonlySet<string> = new Set([
  "anonymous",
  "guest",
  "un",
  "비",
  "미",
  "未",
  "非",
  "익명",
  "비회원",
  "게스트",
  "匿名",
  "ゲスト",
]);

/** Letters and blanks only; no cookie and no URL looks like this. */
const plainPhrase = /^[\p{L}\p{M}\s.()[\]\u300c\u300d-]+$/u;
/** A negation: at the start of the phrase in English, at its end in Korean and Japanese. */
const denial =
  /^(?:no|not|none|never|without)(?:\s[a-z\s-]*)?$|^(?:log ?in|sign ?in|authentication|cookies?)(?: is| was)? not (?:used|set|required|configured|applied)$|(?:없음|없습니다|아님|않음|않습니다|안함|안됨|불필요|미사용|미설정|미입력|미적용|생략|なし|無し|ない|無い|ません|不要|未使用|未設定|未入力|省略)(?:です)?$/u;

/** Whether a whole phrase says no ("해당사항 없음", "not required", "ログイン不要"). */
function isDenial(plain: string): boolean {
  const phrase = plain.trim();
  return (
    phrase.length <= maxPhraseLength &&
    plainPhrase.test(phrase) &&
    denial.test(
      phrase
        .replace(/[.()[\]\u300c\u300d]/g, "")
        .replace(/안 함$/u, "안함")
        .trim(),
    )
  );
}

const plainOf = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .toLowerCase();

/** Statements that a check found nothing. "No CSRF token" is a finding. */
const nothingFound: readonly RegExp[] = [
  /^(?:no|0) (?:vulnerabilit(?:y|ies)|issues?|findings?|results?|problems?|data|items?|records?)(?: (?:was|were|is|are|has been|have been))?(?: (?:found|detected|discovered|identified|reported))?$/,
  /^not (?:found|detected|discovered|vulnerable|applicable)$/,
  /^(?:(?:발견|검출|탐지)된 )?(?:취약점|결과|항목|내역|해당 ?사항|발견|검출|탐지)[이은가는]? ?(?:발견|검출|탐지|존재)?(?:되지|하지)? ?(?:없음|없습니다|않음|않습니다|않았음|않았습니다|안 ?됨)$/,
  /^미(?:검출|발견|탐지)$/,
  /^(?:脆弱性|検出|発見|該当|結果|問題)[はが]?(?:検出|発見|見つかり|あり)?(?:なし|無し|(?:され)?ません(?:でした)?|されず|されていません)$/,
];

/** Whether a text says that nothing was found, or "none" in any other wording of `saysNone`. */
export function saysNothingFound(text: string): boolean {
  if (saysNone(text)) return true;
  if (text.length > maxPhraseLength * 2) return false;
  const phrase = plainOf(text)
    .replace(/[.\u3002!]/gu, "")
    .trim();
  return nothingFound.some((statement) => statement.test(phrase));
}

const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "");

/** Whether a text means "none" in Korean, English or Japanese, or consists of dashes and similar signs only. */
export function saysNone(text: string): boolean {
  if (text.length > maxPhraseLength * 4) return text.trim() === "";
  const plain = plainOf(text);
  if (emptySigns.test(plain) || dashesApart(plain)) return true;
  const words = lettersOf(plain);
  return words !== "" && words.length <= maxPhraseLength && noneWords.has(words);
}

/**
 * Whether a text means "no sign-in" or "no URLs", also with the name of what is missing ("로그인 없음", "No login") or repeated ("none
 * / none"). Not for item names: "인증 없음" may be one.
 */
export function readsAsNone(text: string): boolean {
  if (saysNone(text)) return true;
  if (text.length > maxPhraseLength * 4 || /:\/\//.test(text)) return false;
  if (isDenial(plainOf(text))) return true;
  const parts = plainOf(text)
    .split(/[,;/|()[\]\n、]/)
    .filter((part) => lettersOf(part) !== "");
  return (
    parts.length > 0 &&
    parts.every((part) => {
      const said = lettersOf(part.replace(subjects, " "));
      return saysNone(part) || nobody.has(said) || (said !== "" && saysNone(said));
    })
  );
}
