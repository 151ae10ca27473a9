import { Validator } from "@seriousme/openapi-schema-validator";
import { bffApi, type Endpoint, roles } from "@wsc-dashboard/wsc-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operations } from "../src/calls/operations/operations.ts";
import { type Stack, startStack } from "./start-bff.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

const endpoints: Endpoint[] = Object.values(bffApi).flatMap((group) => Object.values(group));
const document = async (persona = "viewer") => (await stack.ask("GET", "/api/openapi.json", { persona })).json;
const validate = (candidate: Record<string, unknown>) => new Validator().validate(candidate);

describe("the OpenAPI document", () => {
  it("is valid against the schema of OpenAPI 3.1", async () => {
    expect(await validate(await document())).toEqual({ valid: true });
  });

  it("is refused by the validator without the description of a response", async () => {
    const broken = await document();
    broken.paths["/api/jobs"].get.responses["200"].description = undefined;
    expect((await validate(JSON.parse(JSON.stringify(broken)))).valid).toBe(false);
  });

  it("describes every endpoint, and no other", async () => {
    const { paths } = await document();
    const told = Object.entries<object>(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(told.sort()).toEqual(
      endpoints.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`).sort(),
    );
  });

  it.each(roles)("can be read by the role %s", async (role) => {
    expect((await document(role)).openapi).toBe("3.1.0");
  });

  it("marks optional fields, and forbids other fields", async () => {
    const { schema } = (await document()).paths["/api/jobs"].post.requestBody.content["application/json"];
    expect(schema.required).toContain("startUrl");
    expect(schema.required).not.toContain("rescanOf");
    expect(schema.additionalProperties).toBe(false);
  });

  it("declares every property that it requires", async () => {
    const undeclared: string[] = [];
    const visit = (node: unknown, place: string): void => {
      if (typeof node !== "object" || node === null) return;
      const { required, properties = {} } = node as { required?: unknown; properties?: Record<string, unknown> };
      const names: unknown[] = Array.isArray(required) ? required : [];
      undeclared.push(...names.filter((name) => !((name as string) in properties)).map((name) => `${place} ${name}`));
      for (const [key, value] of Object.entries(node)) visit(value, `${place}/${key}`);
    };
    visit(await document(), "");
    expect(undeclared).toEqual([]);
  });

  it("requires an Idempotency-Key where the server does", async () => {
    const { paths } = (await document()) as {
      paths: Record<string, Record<string, { parameters: { name: string }[] }>>;
    };
    for (const { path, method, idempotency } of endpoints) {
      const operation = paths[path.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
      const names = operation?.parameters.map(({ name }) => name) ?? [];
      expect(names.includes("Idempotency-Key"), `${method} ${path}`).toBe(idempotency !== undefined);
    }
  });

  it("has a summary for every operation, and examples that its schemas read", async () => {
    const summaries: string[] = [];
    for (const [noun, verbs] of Object.entries(bffApi)) {
      for (const [verb, endpoint] of Object.entries<Endpoint>(verbs)) {
        const text = (operations as Record<string, Record<string, Record<string, unknown>>>)[noun]?.[verb] ?? {};
        const name = `${noun}.${verb}`;
        summaries.push(String(text.summary));
        if (endpoint.body !== undefined) expect.soft(endpoint.body.safeParse(text.body).error, name).toBeUndefined();
        if (endpoint.answer !== "file") {
          expect.soft(endpoint.response.safeParse(text.answer).error, name).toBeUndefined();
        }
      }
    }
    expect(new Set(summaries).size).toBe(endpoints.length);
  });

  it("says that a service token will do, wherever it will", async () => {
    const { paths, components, servers } = await document();
    expect(components.securitySchemes.serviceToken).toMatchObject({ type: "http", scheme: "bearer" });
    expect(servers).toHaveLength(1);
    for (const { path, method, tokenScope } of endpoints) {
      const operation = paths[path.replace(/:(\w+)/g, "{$1}")][method.toLowerCase()];
      const takesToken = operation.security.some((one: object) => "serviceToken" in one);
      expect(takesToken, `${method} ${path}`).toBe(tokenScope !== "people");
    }
  });
});
