import * as z from "zod/mini";
import { instantSchema } from "../domain/scalars.ts";
import { limits } from "./limits.ts";
import { plainLine, plainText } from "./plain-text.ts";

/** A tag, normalised: lower case, one Unicode form. Commas and semicolons separate tags. */
export const tagSchema = z.pipe(
  z.pipe(
    plainLine(limits.targetTagLength),
    z.transform((text) => text.normalize("NFKC").toLowerCase().trim()),
  ),
  plainLine(limits.targetTagLength).check(z.refine((tag) => !/[,;]/.test(tag))),
);

/** What people entered about a target; `null` for nothing. */
const describedFields = {
  /** Distinct, in alphabetical order. */
  tags: z.pipe(
    z.array(tagSchema).check(z.maxLength(limits.targetTags)),
    z.transform((tags) => [...new Set(tags)].sort()),
  ),
  /** Who is responsible for it: name of a person, as used in the dashboard, or of a team. */
  owner: z.nullable(plainLine(limits.targetOwnerLength)),
  /** The service it belongs to. */
  service: z.nullable(plainLine(limits.targetServiceLength)),
  note: z.nullable(plainText(limits.targetNoteLength)),
};

export const targetDescriptionSchema = z.strictObject(describedFields);
export type TargetDescription = z.output<typeof targetDescriptionSchema>;

/** The same, as stored. */
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

/** `version`: the version that the person saw; 0 if there were no details. */
export const targetDescribeSchema = z.strictObject({ ...describedFields, version: z.int().check(z.minimum(0)) });

export const importColumns = ["host", "owner", "service", "tags", "note"] as const;
export type ImportColumn = (typeof importColumns)[number];

/** Outcome of a row. duplicate: an earlier row has the same host. full: the maximum number of targets is reached. */
export const importOutcomes = ["created", "changed", "unchanged", "duplicate", "refused", "full"] as const;
export type ImportOutcome = (typeof importOutcomes)[number];

export const targetImportSchema = z.object({
  rows: z.array(
    z.object({
      /** Of the file, from 1. */
      line: z.int(),
      /** As in the file if it is not a valid host. Hostile text. */
      host: z.string(),
      outcome: z.enum(importOutcomes),
      /** Columns with invalid values. */
      columns: z.array(z.enum(importColumns)),
    }),
  ),
  /** Unknown columns of the file. Hostile text. */
  ignored: z.array(z.string()),
});
export type TargetImport = z.output<typeof targetImportSchema>;
