import { auditRuleOf, type BffApi, bffApi, type Endpoint, problemSchema } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";
import type { OperationText } from "./operations/operation-text.ts";
import { nounTexts, operations } from "./operations/operations.ts";

type Schema = NonNullable<Endpoint["body"]>;
type Json = Readonly<Record<string, unknown>>;

/** Server address and authentication, for the document. */
export interface ApiPlace {
  readonly version: string;
  /** `null` for the origin that the document is loaded from. */
  readonly publicOrigin: string | null;
  /** What identifies a person's request: a cookie of the dashboard, or a header of the proxy. */
  readonly person: { readonly in: "cookie" | "header"; readonly name: string };
}

/** Header of every request by a person; another site cannot send it without a preflight. */
const guardHeader = {
  name: "X-WSC-Request",
  in: "header",
  required: false,
  description: "Required without a service token, which no other site can make a browser send.",
  schema: { const: "1" },
} as const;
const keyHeader = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  description: "The same key with the same body is one call, however often it comes within 48 hours.",
  schema: { type: "string", pattern: "^[A-Za-z0-9_-]{16,64}$" },
  example: "pipeline-7-0123456789",
} as const;

/** Parameter examples by name; filters and paging have none. */
const parameterExamples: Readonly<Record<string, string>> = {
  instanceNo: "7000042",
  id: "0b9a7f0e-2f3c-4f57-9a53-5b1f2f6f0c11",
  seq: "42",
  head: "7000042",
  base: "7000021",
  format: "sarif",
};

/** Writes an object with fixed keys as `properties`: requiring keys that are only an enumeration is legal, but no tool reads it. */
function nameProperties({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  const { required, properties, additionalProperties } = jsonSchema;
  if (required === undefined || properties !== undefined || typeof additionalProperties !== "object") return;
  jsonSchema.properties = Object.fromEntries(required.map((name) => [name, additionalProperties]));
  jsonSchema.additionalProperties = false;
  delete jsonSchema.propertyNames;
}

function jsonSchemaOf(schema: Schema, io: "input" | "output"): Json {
  // Rules that JSON Schema cannot express become "anything" here; they are checked all the same.
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any", override: nameProperties });
  return rest;
}

function parametersOf(schema: Schema | undefined, place: "path" | "query"): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchemaOf(schema, "input") as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property,
    ...(parameterExamples[name] === undefined || property.enum !== undefined
      ? {}
      : { example: parameterExamples[name] }),
  }));
}

/** Media type, schema and example of a response; a file has no example. */
function contentOf({ answer, response }: Endpoint, text: OperationText): Json {
  if (answer === "file") return { "application/octet-stream": { schema: { type: "string", format: "binary" } } };
  const media = { schema: jsonSchemaOf(response, "output") };
  if (answer === "events") return { "text/event-stream": media };
  return { "application/json": { ...media, ...("answer" in text ? { example: text.answer } : {}) } };
}

function bodyOf({ body, method }: Endpoint, text: OperationText): Json {
  if (body === undefined || method === "GET") return {};
  const media = { schema: jsonSchemaOf(body, "input"), ...("body" in text ? { example: text.body } : {}) };
  return { requestBody: { required: true, content: { "application/json": media } } };
}

const problem = { $ref: "#/components/responses/Problem" } as const;

function operationOf(noun: string, verb: string, endpoint: Endpoint, text: OperationText): Json {
  const { params, query, status, roles, idempotency, tokenScope } = endpoint;
  return {
    operationId: `${noun}.${verb}`,
    tags: [noun],
    summary: text.summary,
    description: `Roles: ${roles.join(", ")}. Audit: ${auditRuleOf(endpoint)}.`,
    "x-roles": roles,
    security: [...(tokenScope === "people" ? [] : [{ serviceToken: [] }]), { person: [] }],
    parameters: [
      ...parametersOf(params, "path"),
      ...parametersOf(query, "query"),
      guardHeader,
      ...(idempotency === undefined ? [] : [keyHeader]),
    ],
    ...bodyOf(endpoint, text),
    responses: {
      [status]: { description: "Done.", content: contentOf(endpoint, text) },
      "4XX": problem,
      "5XX": problem,
    },
  };
}

const problemExample = {
  type: "urn:wsc-dashboard:error:TOKEN_INVALID",
  title: "The service token is unknown, expired or revoked.",
  status: 401,
  code: "TOKEN_INVALID",
  requestId: "0b9a7f0e-2f3c-4f57-9a53-5b1f2f6f0c12",
  retryable: false,
};

function componentsOf({ person }: ApiPlace): Json {
  return {
    securitySchemes: {
      serviceToken: {
        type: "http",
        scheme: "bearer",
        bearerFormat: "wsc_[0-9A-Za-z]{42}",
        description:
          "A service token: of one role, and of all or some targets. Nothing else of the request says who asks.",
      },
      person: {
        type: "apiKey",
        ...person,
        description: "A person, as the authentication mode of this server knows them; their browser sends it.",
      },
    },
    responses: {
      Problem: {
        description: "A problem document (RFC 9457); `code` tells which.",
        content: {
          "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" }, example: problemExample },
        },
      },
    },
    schemas: { Problem: jsonSchemaOf(problemSchema, "output") },
  };
}

/**
 * The contract as an OpenAPI 3.1 document: all paths, parameters, bodies, responses and roles. It is generated from the contract
 * that the server binds, so it cannot differ from it.
 */
export function openApiOf(place: ApiPlace): Json {
  const paths: Record<string, Record<string, Json>> = {};
  const nouns = Object.keys(bffApi) as (keyof BffApi)[];
  for (const noun of nouns) {
    const texts: Readonly<Record<string, OperationText>> = operations[noun];
    for (const [verb, endpoint] of Object.entries<Endpoint>(bffApi[noun])) {
      const text = texts[verb];
      if (text === undefined) throw new Error(`no text for ${noun}.${verb}`);
      const path = endpoint.path.replace(/:([a-zA-Z]+)/g, "{$1}");
      paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(noun, verb, endpoint, text) };
    }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "WSC Dashboard",
      version: place.version,
      description: "What browsers and programs call. Instants are RFC 3339 in UTC.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: place.publicOrigin ?? "/", description: "This dashboard." }],
    tags: nouns.map((name) => ({ name, description: nounTexts[name] })),
    paths,
    components: componentsOf(place),
  };
}
