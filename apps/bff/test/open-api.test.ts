import { Validator } from "@seriousme/openapi-schema-validator";
import { bffApi, type Endpoint, roles } from "@wsc-dashboard/wsc-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApiOf } from "../src/calls/open-api.ts";
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

  it("requires an Idempotency-Key where the server does", () => {
    const { paths } = openApiOf(bffApi, "1") as {
      paths: Record<string, Record<string, { parameters: { name: string }[] }>>;
    };
    for (const { path, method, idempotency } of endpoints) {
      const operation = paths[path.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
      const names = operation?.parameters.map(({ name }) => name) ?? [];
      expect(names.includes("Idempotency-Key"), `${method} ${path}`).toBe(idempotency !== undefined);
    }
  });
});
