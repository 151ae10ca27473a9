import type { DemoWords } from "../en/demo.ts";

export const demo: DemoWords = {
  title: "デモを試す",
  intro: (origin) =>
    `デモサイト（${origin}）は、わざと脆弱に作られた小さなショップです。診断するのはエミュレーターなので、実際のサーバーには接続せず、料金も発生しません。`,
  offer: "このダッシュボードはエミュレーターで動作しており、表示されている履歴は架空のデータです。",
  unavailable: "デモサイトがありません",
  unavailableText: "デモは、実際のゲートウェイを使わずにnpm startでダッシュボードを起動したときに利用できます。",
  consent: (text) => `診断を開始するたびに、実際の診断と同じく次の内容に同意します:「${text}」`,
  stepsLabel: "デモのステップ",
  steps: {
    scan: { title: "サイトを診断", text: "アカウントのない訪問者として診断します。", act: "診断を開始" },
    login: {
      title: "ログインして診断",
      text: "ダッシュボードがサイトのログインフォームでログインし、会員ページも診断します。",
      act: "ログインして診断を開始",
    },
    patch: { title: "脆弱性3件を修正", text: "開発者が修正した状態にします。", act: "修正する" },
    rescan: {
      title: "再診断",
      text: "最初の診断を同じ設定で繰り返し、修正の結果を確認します。",
      act: "再診断を開始",
    },
    compare: {
      title: "比較",
      text: "最初の診断と再診断を比べ、修正済み、残存、新規の脆弱性を確認します。",
      act: "比較",
    },
  },
  after: {
    login: "ステップ1の後",
    patch: "ステップ1の後",
    rescan: "ステップ1と3の後",
    compare: "ステップ4の後",
  },
  afterRunning: "実行中の診断の後",
  starting: "開始中…",
  requested: "依頼しました…",
  findings: (_n, text) => `脆弱性 ${text}件`,
  report: "レポート",
  reportOf: (step) => `レポート: ${step}`,
  patched: (texts) => `修正した箇所: ${texts}`,
  failed: "このステップを完了できませんでした",
  startOver: "最初からやり直す",
  startOverNote: "デモサイトの脆弱性を元に戻します。診断とレポートは残ります。",
};
