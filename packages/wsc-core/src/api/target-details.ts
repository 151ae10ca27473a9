import * as z from "zod/mini";
import { instantSchema } from "../domain/scalars.ts";
import { limits } from "./limits.ts";
import { plainLine, plainText } from "./plain-text.ts";

/** One word for a tag, whoever wrote it: small letters in one form. Commas and semicolons stand between tags. */
export const tagSchema = z.pipe(
  z.pipe(
    plainLine(limits.targetTagLength),
    z.transform((text) => text.normalize("NFKC").toLowerCase().trim()),
  ),
  plainLine(limits.targetTagLength).check(z.refine((tag) => !/[,;]/.test(tag))),
);

/** What people say about a target; `null`: nothing. */
const describedFields = {
  /** Each once, in alphabetical order. */
  tags: z.pipe(
    z.array(tagSchema).check(z.maxLength(limits.targetTags)),
    z.transform((tags) => [...new Set(tags)].sort()),
  ),
  /** Who answers for it: a name, as people of the dashboard are called, or of a team. */
  owner: z.nullable(plainLine(limits.targetOwnerLength)),
  /** The service that it belongs to. */
  service: z.nullable(plainLine(limits.targetServiceLength)),
  note: z.nullable(plainText(limits.targetNoteLength)),
};

export const targetDescriptionSchema = z.strictObject(describedFields);
export type TargetDescription = z.output<typeof targetDescriptionSchema>;

/** The same as it is kept. */
export const targetDetailsSchema = z.object({
  tags: z.array(z.string()),
  owner: z.nullable(z.string()),
  service: z.nullable(z.string()),
  note: z.nullable(z.string()),
  /** Grows with each change. */
  version: z.int(),
  updatedAt: instantSchema,
  /** Name of the person. */
  updatedBy: z.string(),
});
export type TargetDetails = z.output<typeof targetDetailsSchema>;

/** `version`: of the details that the person saw; 0 when there were none. */
export const targetDescribeSchema = z.strictObject({ ...describedFields, version: z.int().check(z.minimum(0)) });

export const importColumns = ["host", "owner", "service", "tags", "note"] as const;
export type ImportColumn = (typeof importColumns)[number];

/** What comes of a row. duplicate: an earlier row has the same host. full: there are as many targets as there may be. */
export const importOutcomes = ["created", "changed", "unchanged", "duplicate", "refused", "full"] as const;
export type ImportOutcome = (typeof importOutcomes)[number];

export const targetImportSchema = z.object({
  rows: z.array(
    z.object({
      /** Of the file, from 1. */
      line: z.int(),
      /** As the file has it, where it is no host. Hostile text. */
      host: z.string(),
      outcome: z.enum(importOutcomes),
      /** Which columns cannot be taken. */
      columns: z.array(z.enum(importColumns)),
    }),
  ),
  /** Columns of the file that nothing is known of. Hostile text. */
  ignored: z.array(z.string()),
});
export type TargetImport = z.output<typeof targetImportSchema>;
