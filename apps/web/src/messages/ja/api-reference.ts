import type { ApiReferenceWords } from "../en/api-reference.ts";

export const apiReference: ApiReferenceWords = {
  title: "API",
  intro: "ブラウザとプログラムが呼び出す API です。プログラムはサービストークンで認証します: Authorization: Bearer。",
  contract: "このサーバーの OpenAPI 3.1 文書から作られたページです。文書の説明は英語です。",
  save: "openapi.json を保存",
  callers: "呼び出せる相手",
  tokens: "ユーザーとサービストークン",
  people: "ユーザーのみ",
  roles: "ロール",
  parameters: "パラメーター",
  required: "必須",
  request: "リクエスト",
  answer: "レスポンス",
  schema: "スキーマ",
  failedTitle: "API を表示できません",
  link: "API リファレンス",
};
