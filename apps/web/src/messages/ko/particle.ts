/** Particles whose form depends on the last sound of the word before them: after a consonant / after a vowel. */
export type ParticlePair = "은/는" | "이/가" | "을/를" | "과/와" | "으로/로";

const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;
/** Syllables are ordered by their final consonant, of which there are 28, none being the first. */
const finalConsonants = 28;
const rieul = 8;
/** Final consonants of the digits as they are read: 영 일 이 삼 사 오 육 칠 팔 구. */
const digitFinals = [21, rieul, 0, 16, 0, 0, 1, rieul, rieul, 0];

/** Number of the final consonant of a word's last sound, 0 for none; `null` when it cannot be known, as for Latin letters. */
function finalConsonantOf(word: string): number | null {
  const last = word.charCodeAt(word.length - 1);
  if (last >= firstSyllable && last <= lastSyllable) return (last - firstSyllable) % finalConsonants;
  return digitFinals[last - "0".charCodeAt(0)] ?? null;
}

/** A word that is put into a sentence, with the particle that fits its last sound; both forms when the sound is unknown: "host을(를)". */
export function withParticle(word: string, pair: ParticlePair): string {
  const [afterConsonant = "", afterVowel = ""] = pair.split("/");
  const final = finalConsonantOf(word);
  if (final === null) return `${word}${pair === "으로/로" ? "(으)로" : `${afterConsonant}(${afterVowel})`}`;
  const isVowel = final === 0 || (pair === "으로/로" && final === rieul);
  return `${word}${isVowel ? afterVowel : afterConsonant}`;
}
