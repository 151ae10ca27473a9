import type { Language } from "./language.ts";

/**
 * The exact words that a person agrees to. A published version is never changed: a consent record holds version, language and
 * hash, which must lead back to these words. `sha256` is the hash of the UTF-8 bytes of `text`; a test checks it.
 */
interface ConsentText {
  readonly text: string;
  readonly sha256: string;
}

/** The published agreement versions, oldest first; any of them may be accepted. */
export const consentTextVersions = ["1"] as const;
export type ConsentTextVersion = (typeof consentTextVersions)[number];

/** The version that people are asked to accept: the newest. */
export const currentConsentVersion: ConsentTextVersion = "1";

/** job: responsibility and charges, required for every job. managed: for a server outside NAVER Cloud. */
export type ConsentKind = "job" | "managed";

const consentTexts: Readonly<
  Record<ConsentKind, Readonly<Record<ConsentTextVersion, Readonly<Record<Language, ConsentText>>>>>
> = {
  job: {
    "1": {
      ko: {
        text: "본인은 이 대상을 진단할 권한이 있고, 진단이 대상에 미치는 영향에 책임을 지며, 요금이 발생할 수 있음에 동의합니다.",
        sha256: "6293ad55618a7b85b8ed56dcff5de3f3c4257ec845f8abebf6b096777f3bde76",
      },
      ja: {
        text: "私はこの対象を診断する権限を持ち、診断が対象に与える影響について責任を負い、料金が発生することがあることに同意します。",
        sha256: "668eb50994eb2ca003d2bf5bed89b7a6d0e3ba0bad291e48cb3f5bd09096b1cc",
      },
      en: {
        text: "I am allowed to have this target scanned, I take responsibility for the effects of the scan on it, and I accept that the job may be charged.",
        sha256: "75871c5fe44db329a9f6cd3b24ed4d10a58e7172f57a42412ab68dea59186ab6",
      },
    },
  },
  managed: {
    "1": {
      ko: {
        text: "이 서버는 네이버 클라우드가 아닌 다른 회사의 서버입니다. 서버의 소유자와 운영사가 이 진단에 동의하였고, 소유 확인 파일은 본인이 직접 올리거나 담당자를 통해 올렸으며, 진단이 이 서버에 미치는 모든 영향에 대하여 본인이 책임을 지는 것에 동의합니다.",
        sha256: "d051be18e9618566480558ae4cfb9b19a0e4bbaac9b9a7e54120b23f99dbf4eb",
      },
      ja: {
        text: "このサーバーはNAVER Cloudではなく、他社のサーバーです。サーバーの所有者と運営会社はこの診断に同意しており、所有確認ファイルは私自身または担当者が設置しました。診断がこのサーバーに与えるすべての影響について、私が責任を負うことに同意します。",
        sha256: "aaa252da7e479fd64009ba5cee11212109f08560d0e776f396008965d8e0dc5c",
      },
      en: {
        text: "This server belongs to a company other than NAVER Cloud. Its owner and its operator agree to this scan, the ownership file was placed by me or on my behalf, and I take responsibility for every effect of the scan on this server.",
        sha256: "9cedafbf0e5acec01b4ffc7ed53bfa6b89f4f25e321f14ae1bcde3ddbe5fa79c",
      },
    },
  },
};

/** Returns the text of a published agreement and its hash. */
export function consentText(kind: ConsentKind, version: ConsentTextVersion, language: Language): ConsentText {
  return consentTexts[kind][version][language];
}
