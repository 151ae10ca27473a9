import { describeProbeFact, type ProbeFact } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../en.ts";

export const settings: Messages["settings"] = {
  title: "設定",
  failedTitle: "ダッシュボードの状態を表示できません",

  connection: "接続",
  environment: "環境",
  origin: "アドレス",
  accessKey: "アクセスキーの末尾4文字",
  clock: "時計",
  clockUnknown: "まだ比較していません",
  clockRight: "NAVER Cloudとの差は30秒以内です",
  clockBehind: (seconds) =>
    `NAVER Cloudより${seconds}秒遅れています。呼び出しは補正されますが、サーバーの時計を合わせてください。`,
  clockAhead: (seconds) =>
    `NAVER Cloudより${seconds}秒進んでいます。呼び出しは補正されますが、サーバーの時計を合わせてください。`,
  lastSuccess: "最後に成功した呼び出し",
  never: "起動後はまだありません",
  paused: {
    lists: (time) => `失敗が続いたため、一覧の読み込みを一時停止しています。次の試行は${time}です。`,
    reports: (time) => `失敗が続いたため、レポートの読み込みを一時停止しています。次の試行は${time}です。`,
    acts: (time) => `失敗が続いたため、キャンセルと停止を一時停止しています。次の試行は${time}です。`,
  },
  lastFailure: (time) => `直近の呼び出しが失敗しました（${time}）`,

  gateway: "ゲートウェイ",
  probe: "このアカウントの応答を記録",
  probing: "記録中…",
  probeNote:
    "読み取りだけの呼び出しを最大40回行います。何も作成されず、料金も発生しません。ファイルにはホスト、メモ、Cookie、証拠が含まれないため、このダッシュボードの開発者に渡せます。",
  probeDuration: "最大1分かかります。",
  saveRecording: "記録を保存",
  probeCalls: (calls: string) => `${calls}件の呼び出しの結果です。`,
  probeFailed: "応答を記録できませんでした",
  probeFact: (fact: ProbeFact) => describeProbeFact(fact, "ja"),

  test: "接続をテスト",
  testing: "テスト中…",
  testNote: "診断一覧から1件だけ読み込みます。何も作成されず、料金も発生しません。",
  testFailed: "テストを実行できませんでした",
  steps: {
    reach: "NAVER Cloudからの応答",
    clock: "時計のずれが許容範囲内",
    key: "アクセスキーの承認",
    list: "診断一覧の読み込み",
  },
  outcomes: { passed: "正常", failed: "失敗", skipped: "未実施" },

  health: "稼働状況",
  storeKinds: { sqlite: "SQLiteファイル", postgres: "PostgreSQLサーバー" },
  storeWritable: (kind) => `データベースに書き込めます（${kind}）。`,
  storeFailing: "データベースに書き込めません。書き込めるようになるまで、新しい依頼は受け付けず、何も送信しません。",
  locked: "ほかのプロセスはデータディレクトリを使用できません。",
  shared: "複数のプロセスがデータベースを共有でき、行ロックで順番を守ります。",
  keysOpen: "暗号化された値を現在の暗号鍵で開けます。",
  keysClosed: "暗号化に使われた鍵の一つがありません。WSC_ENCRYPTION_KEYSに戻してください。",
  dispatcherRuns: (time) => `実行予定の最終確認: ${time}`,
  dispatcherNew: "実行予定はまだ確認していません。",
  dispatcherFailing: "実行予定を確認できていません。",
  budgetDay: (used, limit) => `本日は全員で${limit}件のうち${used}件の診断を使用しました。`,
  budgetHour: (used, limit) => `直近1時間にあなたは${limit}件のうち${used}件の診断を使用しました。`,
  noBudgetDay: "1日の診断件数に上限はありません。",
  noBudgetHour: "1人の1時間あたりの診断件数に上限はありません。",
  budgetLevels: {
    near: "8割以上を使用しています。",
    over: "残りがないため、実行時刻になった依頼は保留されます。",
  },

  submissions: "診断の依頼",
  noSubmissions: "まだありません",
  stateCount: (state, count) => `${state}: ${count}件`,
  scheduleCount: (active, paused) => `有効${active}件、一時停止${paused}件`,

  fixed: "環境変数で決まる値",
  fixedNote: "サービスを起動する場所で設定します。秘密の値は誰にも表示されません。",
  fixedFailed: "設定を表示できません",
  isSet: "設定済み",
  isNotSet: "未設定",
  byDefault: "（既定値）",
};
