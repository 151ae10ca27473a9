import type { OutageTexts } from "../error-code.ts";

export const outages: OutageTexts = {
  DASHBOARD_UNREACHABLE: {
    title: "ダッシュボードに接続できません。",
    next: "ネットワーク接続を確認してください。画面には最後に受け取った状態が表示されています。",
  },
  INTERNAL_ERROR: {
    title: "ダッシュボードでエラーが発生しました。",
    next: "再試行してください。続く場合は、詳細にあるリクエスト番号を管理者にお知らせください。",
  },
  SESSION_REQUIRED: {
    title: "サインインしていません。",
    next: "もう一度サインインしてから、このページを再読み込みしてください。",
  },
};
