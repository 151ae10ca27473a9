import type { Messages } from "../en.ts";

export const review: Messages["review"] = {
  exact: "実際に送信する内容",
  exactHint: "ダッシュボードが署名を付けて送信し、この内容のチェックサムを監査ログに残します。",
  signInLater: "ログインで得られるCookieはまだわかりません。診断を依頼するときに追加されます。",
  checksum: "チェックサム（SHA-256）",
  copyBody: "本文をコピー",
  copyCurl: "curlコマンドとしてコピー",
  curlNote: "ログイン情報と署名は含まれていません。呼び出しの内容を示すもので、実行はできません。",
  incomplete: "すべて入力すると、ここに表示されます。",
  ledger: "再診断の回数",
  used: (used, limit) => `${limit}回のうち${used}回使用`,
  daysLeft: (_n, text) => `残り${text}日`,
  closed: "60日が過ぎています",
  ledgerNote:
    "このダッシュボードが把握している範囲であり、判断するのはNAVER Cloudです。ホストとIPアドレスが同じである必要があります。",
  responsibility: "診断が対象に与える影響と診断の権限については、診断を開始する人が責任を負います。",
  sendAnyway: (host) => (host === "" ? "それでも送信" : `それでも送信: ${host}`),
  fees: "料金",
  priceList: (environment) => `NAVER Cloudの料金表（${environment}）`,
  billing: "NAVER Cloudの料金は暦月単位で請求されます。",
  rescanFees:
    "最初の診断の終了から60日以内の再診断は、製品ページでは2回まで無料、APIのエラー表では3回まで可能とされています。",
  cancelFees:
    "取り消しまたは停止した診断に料金が発生するか、再診断の回数に含まれるかは、公開された文書に記載がありません。",
  costOnce: "診断を1件依頼します。料金は1回分発生することがあります。",
  costRepeat: "実行のたびに診断が1件作成され、それぞれ料金が発生することがあります。",
  toSchedule: "スケジュールの作成へ進む",
  openWaiting: "一覧で診断を見る",
  showWaiting: "待機中の診断を見る",
  newAnyway: "新しい診断として開始",
  takeTime: (time) => `この日時にする: ${time}`,
  refreshCatalogue: "選択肢を読み込み直す",
};
