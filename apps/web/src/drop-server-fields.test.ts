import { parseAst } from "vite";
import { expect, it } from "vitest";
import { dropServerFields } from "../vite-plugins.ts";

const contract = `export const noteEndpoints = {
  list: endpoint({ method: "GET", path: "/api/notes", roles, query: z.strictObject({ body: z.string() }), response: z.object({ query: text }), status: 200 }),
  add: endpoint({
    method: "POST",
    roles,
    body: z.strictObject({ text }),
    response: z.object({ id: z.string() }),
    audit: "handler",
    longField: { name: "entries", entries: z.array(text) },
    tokenScope: "rows"
  }),
};`;

/** The rest of it in the browser's code. */
const ofClient = `export const noteEndpoints = {
  list: endpoint({ method: "GET", path: "/api/notes", roles, response: z.object({ query: text }), }),
  add: endpoint({
    method: "POST",
    roles,
    response: z.object({ id: z.string() }),
    longField: { name: "entries", entries: z.array(text) },
  }),
};`;

type Transform = (
  this: { readonly parse: typeof parseAst },
  code: string,
  id: string,
) => { readonly code: string } | null;

function transformed(id: string, code = contract): string {
  const { transform } = dropServerFields() as unknown as { readonly transform: Transform };
  return transform.call({ parse: parseAst }, code, id)?.code ?? code;
}

const withoutSpace = (code: string): string => code.replaceAll(/\s/g, "");

it("the browser's code has of an endpoint what a client and the list of roles read, and not its input", () => {
  expect(withoutSpace(transformed("/packages/wsc-core/src/api/notes.ts"))).toBe(withoutSpace(ofClient));
});

it("the browser's code has of an error what decides, and not what the catalogue tells operators", () => {
  const catalogue = `const input = { origin: "dashboard", retry: "no", actor: "user" };
export const errorCatalogue = {
  NOTE_GONE: { ...input, status: 404, meaning: "No such note: it is gone." },
  "100": { ...input, wireMessage: "Bad, Request", pointer: "/meaning", meaning: "The gateway refused." },
};`;
  const rest = `const input = { origin: "dashboard", retry: "no", };
export const errorCatalogue = {
  NOTE_GONE: { ...input, status: 404, },
  "100": { ...input, pointer: "/meaning", },
};`;
  const left = transformed("/packages/wsc-core/src/errors/catalogue.ts", catalogue);
  expect(withoutSpace(left)).toBe(withoutSpace(rest));
});

it("other modules are left as they are", () => {
  for (const id of ["/packages/wsc-core/src/domain/notes.ts", "/apps/web/src/api/notes.ts"])
    expect(transformed(id)).toBe(contract);
});
