export const apiReference = {
  title: "API",
  intro: "What browsers and programs call. Programs sign in with a service token: Authorization: Bearer.",
  contract: "This page is made from the OpenAPI 3.1 document of this server. Its texts are in English.",
  save: "Save openapi.json",
  callers: "Callers",
  tokens: "People and service tokens",
  people: "People only",
  roles: "Roles",
  parameters: "Parameters",
  required: "required",
  request: "Request",
  answer: "Answer",
  schema: "Schema",
  failedTitle: "The API cannot be shown",
  link: "API reference",
};

export type ApiReferenceWords = typeof apiReference;
