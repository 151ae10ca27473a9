import * as z from "zod/mini";
import { instantSchema } from "../domain/scalars.ts";
import { weekdays } from "../domain/schedule-rule.ts";
import { codeError, tooLong } from "./code-error.ts";
import { endpoint } from "./endpoint.ts";
import { limits } from "./limits.ts";
import type { SignIn } from "./sign-in.ts";

/** A draft is an incomplete request: nothing is required, and values may be invalid. */
const typed = (length: number) => z.optional(z.string().check(z.maxLength(length, tooLong)));
const names = (count: number) =>
  z.optional(
    z.array(z.string().check(z.maxLength(limits.signInNameLength, tooLong))).check(z.maxLength(count, tooLong)),
  );

const authorityOf = (text: string): string => text.replace(/^[\\/]+/, "").split(/[\\/?#]/, 1)[0] ?? "";

/** A user name or password before the host is a secret, which no draft holds. Characters that URL parsers drop are removed. */
function hasUserInfo(text: string): boolean {
  const seen = text.replace(/[\p{C}\p{Z}]/gu, "");
  return [seen, seen.replace(/^[a-z][a-z0-9+.-]*:/i, "")].some((part) => authorityOf(part).includes("@"));
}
const typedUrlText = z.string().check(
  z.maxLength(limits.urlLength, tooLong),
  z.refine((text) => !hasUserInfo(text), codeError("URL_INVALID")),
);
const typedUrl = z.optional(typedUrlText);

/** Only the names of the sign-in are kept: no field can hold a value. */
const draftSignInSchema = z.strictObject({
  kind: z.optional(z.enum(["none", "headers", "form"])),
  headerNames: names(limits.headers),
  pageUrl: typedUrl,
  actionUrl: typedUrl,
  idParam: typed(limits.signInNameLength),
  passwordParam: typed(limits.signInNameLength),
  successText: typed(limits.signInValueLength),
  extraNames: names(limits.signInExtra),
});

type DraftSignIn = z.output<typeof draftSignInSchema>;

/** Returns the part of a sign-in that is not secret: its kind, names and URLs. */
export function signInOutline(signIn: SignIn): DraftSignIn {
  if (signIn.kind === "none") return { kind: "none" };
  if (signIn.kind === "headers") return { kind: "headers", headerNames: Object.keys(signIn.headers) };
  const { kind, actionUrl, pageUrl, idParam, passwordParam, successText, extra } = signIn;
  return {
    kind,
    actionUrl,
    idParam,
    passwordParam,
    extraNames: Object.keys(extra),
    ...(pageUrl === undefined ? {} : { pageUrl }),
    ...(successText === undefined ? {} : { successText }),
  };
}

const shortText = typed(100);
const timeText = z.string().check(z.maxLength(20, tooLong));
const draftWhenSchema = z.strictObject({
  kind: z.optional(z.enum(["now", "at", "repeat"])),
  localTime: shortText,
  zone: shortText,
  every: z.optional(z.enum(["day", "week", "month"])),
  weekdays: z.optional(z.array(z.enum(weekdays)).check(z.maxLength(weekdays.length))),
  nth: shortText,
  timeOfDay: shortText,
  collision: z.optional(z.enum(["skip", "queue"])),
  blackout: z.optional(
    z
      .array(
        z.strictObject({
          days: z.array(z.enum(weekdays)).check(z.maxLength(weekdays.length)),
          from: timeText,
          to: timeText,
        }),
      )
      .check(z.maxLength(10, tooLong)),
  ),
});

/** Maximum length of a draft's JSON, in characters. */
export const draftLength = 48_000;

export const draftSchema = z
  .strictObject({
    startUrl: typedUrl,
    excludeUrls: z.optional(z.array(typedUrlText).check(z.maxLength(limits.excludeUrls, tooLong))),
    items: z.optional(
      z.array(z.string().check(z.maxLength(limits.itemLength, tooLong))).check(z.maxLength(limits.items, tooLong)),
    ),
    userAgent: shortText,
    speed: shortText,
    memo: typed(limits.memoLength),
    hosting: z.optional(z.enum(["ncloud", "managed"])),
    rescanOf: shortText,
    signIn: z.optional(draftSignInSchema),
    when: z.optional(draftWhenSchema),
  })
  .check(z.refine((draft) => JSON.stringify(draft).length <= draftLength, tooLong));
export type Draft = z.output<typeof draftSchema>;

/** Fields that can be long, in the order in which they are dropped. */
const longFields = ["excludeUrls", "items", "signIn"] as const;

/** Returns the part of the draft that its schema accepts: an invalid field is dropped whole, so that the rest can be saved. */
export function storableDraft(draft: Draft): Draft {
  let kept: Draft = Object.fromEntries(
    Object.entries(draft).filter(([name, value]) => draftSchema.safeParse({ [name]: value }).success),
  );
  for (const name of longFields) {
    if (draftSchema.safeParse(kept).success) break;
    const { [name]: _, ...rest } = kept;
    kept = rest;
  }
  return kept;
}

/** Days after the last change for which a draft is kept. */
export const draftDays = 7;

const keptDraftSchema = z.object({
  draft: draftSchema,
  savedAt: instantSchema,
  /** When it is deleted unless saved again. */
  expiresAt: instantSchema,
});

const actors = ["operator", "admin"] as const;

/** One private draft of the create form for each person. */
export const draftEndpoints = {
  get: endpoint({
    method: "GET",
    path: "/api/drafts",
    roles: actors,
    response: z.object({ kept: z.nullable(keptDraftSchema) }),
    tokenScope: "any",
    status: 200,
  }),
  save: endpoint({
    method: "PUT",
    path: "/api/drafts",
    roles: actors,
    body: z.strictObject({ draft: draftSchema }),
    response: z.object({ kept: keptDraftSchema }),
    audit: "none",
    tokenScope: "any",
    status: 200,
  }),
  remove: endpoint({
    method: "DELETE",
    path: "/api/drafts",
    roles: actors,
    body: z.strictObject({}),
    response: z.object({ removed: z.boolean() }),
    audit: "none",
    tokenScope: "any",
    status: 200,
  }),
} as const;
