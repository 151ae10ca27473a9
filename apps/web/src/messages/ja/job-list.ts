import type { Messages } from "../en.ts";

export const jobList: Messages["jobList"] = {
  statusIgnored:
    "NAVER Cloudが状態の絞り込みを適用しないため、ほかの状態の診断も表示されます。期間を選ぶと、ダッシュボードが自ら絞り込みます。",
  rescanTitle: (_n, text) => `診断${text}件を再診断しますか？`,
  rescanResult: (n, of) => `${of}件中${n}件の再診断を依頼しました`,
  rescanJobs: "再診断する診断",
  rescanStart: (_n, text) => `${text}件の再診断を開始`,
  rescanning: (done, of) => `依頼中… ${of}件中${done}件`,
  rescanNot: "再診断しない",
  rescanRule:
    "それぞれ同じ設定で再診断します。60日以内に最大3回まで可能です。判断はNAVER Cloudが行い、ダッシュボードの上限も適用されます。",
  rescanConsent: (text) => `依頼される再診断${text}件のそれぞれに適用されます。`,
  rescanLeftOut: (_n, text) => `選択した診断のうち${text}件は再診断できません。`,
  rescanReading: "設定を読み取り中…",
  rescanSame: "同じ設定",
  rescanSpeedAssumed: "同じ設定。速度は不明のため標準",
  rescanSent: "依頼しました",
  rescanUnsure: "応答がありません。もう一度開始を押しても二重には依頼されません",
  rescanForm: "依頼画面を開く",
  rescanObstacles: {
    login: "ログインする診断です。値を入力し直す必要があります。",
    managed: "他社のサーバーです。別の同意が必要です。",
    unknown: "設定がわかりません。",
  },
};
