import * as z from "zod/mini";

const mediaSchema = z.looseObject({ schema: z.optional(z.unknown()), example: z.optional(z.unknown()) });
const contentSchema = z.record(z.string(), mediaSchema);

const parameterSchema = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z.optional(z.boolean()),
  description: z.optional(z.string()),
});

const operationSchema = z.looseObject({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  "x-roles": z.array(z.string()),
  security: z.array(z.record(z.string(), z.unknown())),
  parameters: z.array(parameterSchema),
  requestBody: z.optional(z.looseObject({ content: contentSchema })),
  responses: z.record(z.string(), z.looseObject({ content: z.optional(contentSchema) })),
});

const documentSchema = z.looseObject({
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});

type Media = z.output<typeof mediaSchema>;
type Parameter = z.output<typeof parameterSchema>;

/** An operation as the page shows it. */
export interface ApiOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly roles: readonly string[];
  readonly takesTokens: boolean;
  readonly parameters: readonly Parameter[];
  readonly request: Media | null;
  readonly answer: Media | null;
}

/** Operations of one noun. */
export interface ApiGroup {
  readonly name: string;
  readonly description: string;
  readonly operations: readonly ApiOperation[];
}

const firstMedia = (content: Readonly<Record<string, Media>> | undefined): Media | null =>
  Object.values(content ?? {})[0] ?? null;

/** Groups the operations by tag, in the order of the tags. Throws when the document does not have this server's structure. */
export function readOpenApi(document: unknown): readonly ApiGroup[] {
  const { tags, paths } = documentSchema.parse(document);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return tags.map(({ name, description }) => ({
    name,
    description,
    operations: operations
      .filter(({ operation }) => operation.tags.includes(name))
      .map(({ path, method, operation }) => ({
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        summary: operation.summary,
        roles: operation["x-roles"],
        takesTokens: operation.security.some((scheme) => "serviceToken" in scheme),
        parameters: operation.parameters,
        request: firstMedia(operation.requestBody?.content),
        answer: firstMedia(
          Object.entries(operation.responses).find(([status]) => /^2[0-9]{2}$/.test(status))?.[1].content,
        ),
      })),
  }));
}
