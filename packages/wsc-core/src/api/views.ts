import * as z from "zod/mini";
import { instantSchema } from "../domain/scalars.ts";
import { endpoint, roles } from "./endpoint.ts";
import { limits } from "./limits.ts";
import { plainLine } from "./plain-text.ts";

/** Lists that can have views. findings: those of any report. */
export const viewLists = ["jobs", "findings", "targets"] as const;
export type ViewList = (typeof viewLists)[number];

const actors = ["operator", "admin"] as const;
const viewId = z.string().check(z.regex(/^[0-9a-z-]{1,64}$/));

/** Filters and order of a list, as in its URL query. The page parses them like any query. */
export const viewSearchSchema = z
  .record(
    z.string().check(z.regex(/^[a-z][A-Za-z]{0,19}$/)),
    z.string().check(
      z.maxLength(limits.urlLength),
      z.refine((text) => text.isWellFormed() && !text.includes("\0")),
    ),
  )
  .check(z.refine((search) => Object.keys(search).length <= limits.viewParameters));

export const savedViewSchema = z.object({
  id: z.string(),
  list: z.enum(viewLists),
  name: z.string(),
  search: z.record(z.string(), z.string()),
  /** Whether it is visible to everybody. */
  isShared: z.boolean(),
  isOwn: z.boolean(),
  owner: z.string(),
  /** Whether the list opens with it for the caller. */
  isDefault: z.boolean(),
  updatedAt: instantSchema,
  /** Grows with each change. */
  version: z.int(),
});
export type SavedView = z.output<typeof savedViewSchema>;

const name = plainLine(limits.viewNameLength);
const oneView = z.strictObject({ id: viewId });
const answer = z.object({ view: savedViewSchema });

/** Saved filters of lists. A view belongs to its owner; a shared one can be used by everybody and changed by an admin too. */
export const viewEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/views",
    roles,
    query: z.strictObject({ list: z.optional(z.enum(viewLists)) }),
    /** The caller's own views and shared ones. */
    response: z.object({ views: z.array(savedViewSchema) }),
    tokenScope: "people",
    status: 200,
  }),
  create: endpoint({
    method: "POST",
    path: "/api/views",
    roles,
    body: z.strictObject({ list: z.enum(viewLists), name, search: viewSearchSchema }),
    response: answer,
    audit: "handler",
    idempotency: "answer",
    tokenScope: "people",
    status: 200,
  }),
  update: endpoint({
    method: "PUT",
    path: "/api/views/:id",
    roles,
    params: oneView,
    body: z.strictObject({ name, search: viewSearchSchema, version: z.int().check(z.minimum(1)) }),
    response: answer,
    audit: "handler",
    tokenScope: "people",
    status: 200,
  }),
  share: endpoint({
    method: "PUT",
    path: "/api/views/:id/sharing",
    roles: actors,
    params: oneView,
    body: z.strictObject({ isShared: z.boolean() }),
    response: answer,
    audit: "handler",
    tokenScope: "people",
    status: 200,
  }),
  remove: endpoint({
    method: "DELETE",
    path: "/api/views/:id",
    roles,
    params: oneView,
    body: z.strictObject({}),
    response: z.object({ removed: z.boolean() }),
    audit: "handler",
    tokenScope: "people",
    status: 200,
  }),
  /** Sets the view with which a list opens for the caller; `null` for none. */
  setDefault: endpoint({
    method: "PUT",
    path: "/api/views/default",
    roles,
    body: z.strictObject({ list: z.enum(viewLists), id: z.nullable(viewId) }),
    response: z.object({ id: z.nullable(z.string()) }),
    audit: "none",
    tokenScope: "people",
    status: 200,
  }),
} as const;
