import { pathToFileURL } from "node:url";
import type { Plugin } from "vite";
import * as z from "zod/mini";

/** Modules that export one schema of lists with thousands of entries, and its name. */
const compiledSchemas: readonly (readonly [file: RegExp, name: string])[] = [
  [/\/packages\/wsc-core\/src\/domain\/finding-list\.ts$/, "findingListSchema"],
];

/** The sets of values of a schema's enumerations, in the order in which its compiled code refers to them. */
function enumerationsOf(schema: z.core.$ZodType, found = new Set<ReadonlySet<unknown>>()): Set<ReadonlySet<unknown>> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "enum") found.add(schema._zod.values ?? new Set());
  else if (def.type === "array") enumerationsOf(def.element, found);
  else if (def.type === "nullable") enumerationsOf(def.innerType, found);
  else if (def.type === "object") for (const field of Object.values(def.shape)) enumerationsOf(field, found);
  else if (def.type !== "string") throw new Error(`cannot compile a schema of a ${def.type} for the browser`);
  return found;
}

/** Returns zod's compiled parser of a schema as the text of a function; it refers to `INVALID`, zod's own. */
export function parserText(schema: z.core.$ZodType): string {
  const { code = "" } = z.core.compileFn(schema, { debug: true });
  const constants = [...enumerationsOf(schema)].map(
    (values, index) => `const c${index} = new Set(${JSON.stringify([...values])});`,
  );
  if (!code.startsWith(`// Constants: ${["INVALID", ...constants.map((_, index) => `c${index}`)].join(", ")}\n`))
    throw new Error("the compiled schema refers to more than its enumerations");
  return `(() => {\n${constants.join("\n")}\nreturn (input) => {\n${code}\n};\n})()`;
}

/**
 * Compiles schemas during the build, because the page's Content-Security-Policy forbids `new Function`, which `z.compile` needs.
 * What a compiled schema does not accept is read again by the schema itself, which finds the errors.
 */
export function compileSchemas(): Plugin {
  return {
    name: "compile-schemas",
    apply: "build",
    async transform(code, id) {
      const [, name] = compiledSchemas.find(([file]) => file.test(id.replaceAll("\\", "/"))) ?? [];
      if (name === undefined) return null;
      const schemas = (await import(pathToFileURL(id).href)) as Record<string, z.core.$ZodType | undefined>;
      const schema = schemas[name];
      const declaration = `export const ${name} = `;
      if (schema === undefined || !code.includes(declaration)) this.error(`${id} has no ${name}`);
      const interpreted = code.replace(declaration, "const interpretedSchema = ");
      const compiled = `${declaration}withParser(interpretedSchema, ${parserText(schema)});`;
      const head = 'import { INVALID, withParser } from "zod/mini";';
      return { code: `${head}\n${interpreted}\n${compiled}\n`, map: null };
    },
  };
}
