import type { Messages } from "../en.ts";

export const submissions: Messages["submissions"] = {
  reservedFor: (time) => `予約日時: ${time}`,
  dueAt: (time) => `予定日時: ${time}`,
  by: (name) => `依頼者: ${name}`,
  ofSchedule: "スケジュールによる診断",
  sent: (_n, text) => `これまでに${text}回送信`,

  cancel: "取り消し…",
  cancelOf: (host) => `待機中の依頼の取り消し: ${host}`,
  confirmCancelTitle: "送信する前に取り消しますか？",
  confirmCancelText: "NAVER Cloudへは何も送信されず、料金も発生しません。取り消すと元に戻せません。",
  confirmCancel: "依頼を取り消す",
  keep: "そのままにする",
  cancelling: "取り消しています…",
  cancelled: (host) => `取り消しました。何も送信していません。対象: ${host}`,

  decide: "判断する…",
  decideOf: (host) => `診断がどうなったかを判断する: ${host}`,
  resolveTitle: "この診断はどうなりましたか？",
  resolveText:
    "NAVER Cloudが診断を作成したかどうかを確かめられませんでした。診断一覧とNAVER Cloudのコンソールで対象を探してから、選択してください。",
  signInLost: "保管していたログイン情報を開けないため、送信していません。この状態のままでは、再送信しても失敗します。",
  decision: "判断の内容",
  exists: "診断は存在する",
  existsHint: "この依頼をその診断に結び付けます。何も送信しません。",
  number: "診断番号",
  numberInvalid: "診断番号を入力してください。使えるのは数字だけで、20桁までです。",
  resend: "もう一度送信する",
  resendHint: "診断がすでに存在する場合は2件になり、両方に料金が発生することがあります。",
  drop: "破棄する",
  dropHint: "以後は何も送信しません。診断がすでに存在する場合はそのまま実行され、料金が発生することがあります。",
  confirmExists: "この診断に結び付ける",
  confirmResend: "もう一度送信する",
  confirmDrop: "破棄する",
  deciding: "保存中…",
  decideLater: "あとで判断する",
  existsDone: (host) => `診断に結び付けました。対象: ${host}`,
  resendDone: (host) => `もう一度送信します。対象: ${host}`,
  dropDone: (host) => `破棄しました。対象: ${host}`,

  notices: "新しい診断についてのお知らせ",
  budgetDayNear: (used, limit) => `本日の診断の上限${limit}件のうち${used}件を使いました。`,
  budgetDayOver: (limit) =>
    `本日の診断の上限${limit}件をすべて使いました。新しい診断は受け付けられず、予約済みの診断は明日まで待ちます。`,
  budgetNextAt: (time) => `次の診断が可能な日時: ${time}。`,
  budgetHourNear: (used, limit) => `ご自身の1時間あたりの上限${limit}件のうち${used}件を使いました。`,
  budgetHourOver: (limit) =>
    `ご自身の1時間あたりの上限${limit}件をすべて使いました。しばらくしてからもう一度お試しください。`,
  allowResend: "自動での再送信を許可する",
  allowResendDone: "今後は、作成されたか不明な依頼を自動で再送信します。",
};
