import type { ApiReferenceWords } from "../en/api-reference.ts";

export const apiReference: ApiReferenceWords = {
  title: "API",
  intro: "브라우저와 프로그램이 호출하는 API입니다. 프로그램은 서비스 토큰으로 인증합니다: Authorization: Bearer.",
  contract: "이 서버의 OpenAPI 3.1 문서로 만든 페이지이며, 문서의 설명은 영어입니다.",
  save: "openapi.json 저장",
  callers: "호출 가능",
  tokens: "사용자와 서비스 토큰",
  people: "사용자만",
  roles: "역할",
  parameters: "파라미터",
  required: "필수",
  request: "요청",
  answer: "응답",
  schema: "스키마",
  failedTitle: "API를 표시할 수 없습니다",
  link: "API 문서",
};
