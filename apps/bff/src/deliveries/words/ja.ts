import type { MessageWords } from "./message-words.ts";

export const ja: MessageWords = {
  title: {
    "job.finished": "診断完了",
    "job.failed": "診断失敗",
    "submission.failed": "依頼失敗: 診断は開始されていません",
    "submission.review": "判断が必要な依頼",
    "submission.missed": "実行されなかった診断",
    "signIn.failed": "対象へのログイン失敗: 診断は開始されていません",
    "schedule.paused": "連続した失敗によりスケジュールを一時停止",
    "report.expires": "レポートの閲覧期限が近づいています",
    "budget.low": "1日の上限の80%以上を使用",
    "verdict.expired": "リスク受容の期限が切れ、脆弱性が再び未対応",
    "verdict.returned": "修正済みの脆弱性が再び検出",
    "verdict.assigned": "脆弱性の担当者を設定",
    "verdict.mentioned": "メモで言及",
  },
  test: "テストメッセージ: このチャネルは正常です",
  digest: (count) => `通知${count}件`,
  more: (count) => `ほか${count}件はダッシュボードで確認できます。`,
  counts: ({ total, high, medium, low }) => `脆弱性: ${total}件（高${high}、中${medium}、低${low}）`,
  changes: ({ new: added, remaining, fixed, notRetested }) =>
    `前回の診断との比較: 新規${added}、残存${remaining}、修正済み${fixed}、再検査なし${notRetested}`,
  uncounted: "レポートはまだ読み込めていません。",
  code: (code) => `理由: ${code}`,
  daysLeft: (days) => `あと${days}日間閲覧できます。`,
  budget: (used, limit) => `本日は${limit}件のうち${used}件を使用しました。`,
  verdicts: (count) => `脆弱性${count}件`,
  people: (names) => `関係者: ${names}`,
  open: "開く",
  sender: "Web Security Checkerダッシュボードから送信されました。このチャネルは管理者が設定で変更できます。",
};
