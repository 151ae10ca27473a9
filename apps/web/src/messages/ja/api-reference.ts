import type { ApiReferenceWords } from "../en/api-reference.ts";

export const apiReference: ApiReferenceWords = {
  title: "API",
  intro: "ブラウザーとプログラムが呼び出すAPIです。プログラムはサービストークンで認証します: Authorization: Bearer。",
  contract: "このサーバーのOpenAPI 3.1文書から作られたページです。文書の説明は英語です。",
  save: "openapi.jsonを保存",
  callers: "呼び出せる相手",
  tokens: "ユーザーとサービストークン",
  people: "ユーザーのみ",
  roles: "ロール",
  parameters: "パラメーター",
  required: "必須",
  request: "リクエスト",
  answer: "レスポンス",
  schema: "スキーマ",
  failedTitle: "APIを表示できません",
  link: "APIリファレンス",
};
