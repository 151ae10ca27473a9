import { consentText, currentConsentVersion } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../en.ts";

export const target: Messages["target"] = {
  recent: "最近の対象",
  readAs: (unicode) => `Unicode表記: ${unicode}`,
  hostRule: (host) => `同じホストのみ: ${host}`,
  hosting: "サーバーの設置場所",
  ncloud: "このアカウントのNAVER Cloudサーバー",
  ncloudHint: "NAVER Cloudがアドレスから自社のサーバーかどうかを確認します。",
  managed: "他社のサーバー",
  managedHint: "別の同意と、サーバーに置く確認ファイルが必要です。",
  managedNote:
    "NAVER CloudのAPIは自分のアカウントのサーバーだけを診断するため、この診断は拒否される可能性が高いです。NAVER Cloudのコンソールなら診断できます。最終確認のステップで、すべての設定をコンソールへ移せます。",
  managedConsent: "他社のサーバーについての同意",
  managedConsentText: consentText("managed", currentConsentVersion, "ja").text,
  ownership: "診断する権限の確認",
  ownershipHint: "ファイルをダウンロードし、下のアドレスのいずれかに置いてから、もう一度確認してください。",
  getFile: "確認ファイルを取得",
  checkAgain: "もう一度確認",
  asking: "確認中…",
  verified: "ファイルが見つかりました。",
  notVerified: "ファイルはまだ見つかりません。",
  anyOfThese: "次のアドレスのいずれか1か所に置いてください。",
  copyUrl: "アドレスをコピー",
  found: {
    match: "ここで見つかりました。",
    other: "別のファイルがあります。",
    missing: "ファイルがありません。",
    failed: "応答がありません。",
  },
  download: (name) => `ダウンロード: ${name}`,
  handOver: "NAVER Cloudコンソールに入力する設定",
  handOverText:
    "APIは自分のアカウントのサーバーだけを診断します。この設定をコピーし、NAVER Cloudのコンソールで診断を作成してください。ログイン情報はコンソールで入力し直す必要があります。",
  copySettings: "設定をコピー",
};
