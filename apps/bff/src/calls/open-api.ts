import { auditRuleOf, type Contract, type Endpoint, problemSchema } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";

type Schema = NonNullable<Endpoint["body"]>;
type Json = Readonly<Record<string, unknown>>;

/** The header every request carries; a foreign page cannot send it without asking first. */
const guardHeader = { name: "X-WSC-Request", in: "header", required: true, schema: { const: "1" } } as const;
const keyHeader = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  schema: { type: "string", pattern: "^[A-Za-z0-9_-]{16,64}$" },
} as const;

function jsonSchemaOf(schema: Schema, io: "input" | "output"): Json {
  // A rule no JSON Schema can say is checked all the same; what is left of it here is "anything".
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
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
  }));
}

function operationOf(noun: string, verb: string, endpoint: Endpoint): Json {
  const { params, query, body, response, status, roles, answer, idempotency, method } = endpoint;
  const schema = jsonSchemaOf(response, "output");
  const good =
    answer === "file"
      ? { "application/octet-stream": {} }
      : { [answer === "events" ? "text/event-stream" : "application/json"]: { schema } };
  return {
    operationId: `${noun}.${verb}`,
    tags: [noun],
    description: `Roles: ${roles.join(", ")}. Audit: ${auditRuleOf(endpoint)}.`,
    "x-roles": roles,
    parameters: [
      ...parametersOf(params, "path"),
      ...parametersOf(query, "query"),
      guardHeader,
      ...(idempotency === undefined ? [] : [keyHeader]),
    ],
    ...(body === undefined || method === "GET"
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: jsonSchemaOf(body, "input") } } } }),
    responses: {
      [status]: { description: "Done.", content: good },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

/**
 * The contract as an OpenAPI 3.1 document: every path, parameter, body, answer and role. It is made
 * from the contract the server is bound to, so it cannot tell of anything else.
 */
export function openApiOf(contract: Contract, version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [noun, endpoints] of Object.entries(contract)) {
    for (const [verb, endpoint] of Object.entries(endpoints)) {
      const path = endpoint.path.replace(/:([a-zA-Z]+)/g, "{$1}");
      paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(noun, verb, endpoint) };
    }
  }
  return {
    openapi: "3.1.0",
    info: { title: "WSC Dashboard", version, description: "What the browser calls. Signed in as the deployment says." },
    paths,
    components: {
      responses: {
        Problem: {
          description: "A problem document (RFC 9457); `code` tells which.",
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
      schemas: {
        Problem: jsonSchemaOf(problemSchema, "output"),
      },
    },
  };
}
