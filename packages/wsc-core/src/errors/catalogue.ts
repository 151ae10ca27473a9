/**
 * Every error this product can report, defined once. Types, HTTP responses, screens and docs/errors.md are derived from this
 * table. Vendor rows: docs/upstream-api.md sections 11.1 and 11.2.
 */
export interface ErrorEntry {
  /** Source of the error: the vendor's gateway, the vendor's service or this dashboard. */
  readonly origin: "gateway" | "service" | "dashboard";
  /** Explanation for operators; people see the text of the message catalogue instead. */
  readonly meaning: string;
  /** The vendor's own message, for vendor rows. */
  readonly wireMessage?: string;
  /** HTTP status documented by the vendor (service rows: 200 in the overview; newer pages give `newerUpstreamStatus`). */
  readonly upstreamStatus?: number;
  readonly newerUpstreamStatus?: number;
  /** HTTP status of our API's response for this error. Never 401 for an upstream error. */
  readonly status: number;
  /** no: the same call fails again. later: only after some time or an outside change. safe: reads are retried automatically. */
  readonly retry: "no" | "later" | "safe";
  /** For createJob: whether the job may exist in spite of this response. */
  readonly created: "no" | "maybe";
  /** JSON pointer into `POST /api/jobs` of the field createJob refuses, or `wholeForm`. Not set: createJob never returns it. */
  readonly pointer?: string;
  /** Who can do something about it. */
  readonly actor: "user" | "operator" | "account-admin" | "target-owner" | "vendor" | "nobody";
}

/** Pointer for refusals that no single field causes. */
export const wholeForm = "/";

const gateway = { origin: "gateway", created: "no", pointer: wholeForm } as const;
const service = { origin: "service", created: "no", upstreamStatus: 200, newerUpstreamStatus: 400 } as const;
const dashboard = { origin: "dashboard", created: "no" } as const;
const input = { ...dashboard, retry: "no", actor: "user" } as const;

export const errorCatalogue = {
  "100": {
    ...gateway,
    wireMessage: "Bad Request Exception",
    upstreamStatus: 400,
    status: 502,
    retry: "no",
    actor: "operator",
    meaning: "The gateway found the request malformed, or the key's policy does not permit this call.",
  },
  "200": {
    ...gateway,
    wireMessage: "Authentication Failed",
    upstreamStatus: 401,
    status: 502,
    retry: "no",
    actor: "operator",
    meaning: "Access key, signature or clock is wrong.",
  },
  "210": {
    ...gateway,
    wireMessage: "Permission Denied",
    upstreamStatus: 401,
    status: 502,
    retry: "no",
    actor: "account-admin",
    meaning: "The key may not use this API, or the service is not subscribed to.",
  },
  "300": {
    ...gateway,
    wireMessage: "Not Found Exception",
    upstreamStatus: 404,
    status: 502,
    retry: "no",
    actor: "operator",
    meaning: "The gateway knows no such URL: wrong environment or host, or the key's policy does not permit this call.",
  },
  "400": {
    ...gateway,
    wireMessage: "Quota Exceeded",
    upstreamStatus: 429,
    status: 503,
    retry: "later",
    actor: "account-admin",
    meaning: "The amount of calls allotted for a period is used up.",
  },
  "410": {
    ...gateway,
    wireMessage: "Throttle Limited",
    upstreamStatus: 429,
    status: 503,
    retry: "safe",
    actor: "nobody",
    meaning: "Too many calls per second.",
  },
  "420": {
    ...gateway,
    wireMessage: "Rate Limited",
    upstreamStatus: 429,
    status: 503,
    retry: "safe",
    actor: "nobody",
    meaning: "The rate limit of the plan is reached.",
  },
  "430": {
    ...gateway,
    wireMessage: "Request Entity Too Large",
    upstreamStatus: 413,
    status: 422,
    retry: "no",
    actor: "user",
    pointer: "/excludeUrls",
    meaning: "The request body is too big.",
  },
  "500": {
    ...gateway,
    wireMessage: "Endpoint Error",
    upstreamStatus: 503,
    status: 503,
    retry: "safe",
    created: "maybe",
    actor: "vendor",
    meaning: "The service behind the gateway failed.",
  },
  "510": {
    ...gateway,
    wireMessage: "Endpoint Timeout",
    upstreamStatus: 504,
    status: 504,
    retry: "safe",
    created: "maybe",
    actor: "vendor",
    meaning: "The service behind the gateway was too slow.",
  },
  "900": {
    ...gateway,
    wireMessage: "Unexpected Error",
    upstreamStatus: 500,
    status: 502,
    retry: "safe",
    created: "maybe",
    actor: "vendor",
    meaning: "The gateway failed for an unknown reason.",
  },

  "901": {
    ...service,
    pointer: wholeForm,
    wireMessage: "API Call Fail",
    status: 503,
    retry: "safe",
    created: "maybe",
    actor: "vendor",
    meaning: "Temporary trouble; on cancel and stop also a wrong id or state.",
  },
  "169201": {
    ...service,
    pointer: wholeForm,
    wireMessage: "Auth Check Error",
    newerUpstreamStatus: 401,
    status: 502,
    retry: "no",
    actor: "account-admin",
    meaning: "The key has no permission for the service.",
  },
  "169202": {
    ...service,
    pointer: wholeForm,
    wireMessage: "User Check Error",
    status: 502,
    retry: "no",
    actor: "vendor",
    meaning: "The customer account cannot be verified.",
  },
  "160331": {
    ...service,
    wireMessage: "ActionURL Check Error",
    status: 422,
    retry: "no",
    actor: "user",
    pointer: "/startUrl",
    meaning: "The URL does not start with http:// or https://.",
  },
  "160332": {
    ...service,
    wireMessage: "Param Check Error",
    status: 422,
    retry: "no",
    actor: "user",
    pointer: "/signIn/idParam",
    meaning: "The names of the login parameters hold forbidden characters.",
  },
  "160351": {
    ...service,
    wireMessage: "Login_Check_Fail",
    status: 422,
    retry: "no",
    actor: "user",
    pointer: "/signIn",
    meaning: "Signing in to the target failed.",
  },
  "160353": {
    ...service,
    wireMessage: "URL Connection Error",
    status: 422,
    retry: "later",
    actor: "target-owner",
    pointer: "/startUrl",
    meaning: "The target cannot be reached.",
  },
  "160431": {
    ...service,
    pointer: wholeForm,
    wireMessage: "Param Check Error",
    status: 422,
    retry: "no",
    actor: "user",
    meaning: "A value is not valid.",
  },
  "160432": {
    ...service,
    pointer: wholeForm,
    wireMessage: "Param Check Null",
    status: 422,
    retry: "no",
    actor: "user",
    meaning: "A value is missing.",
  },
  "160433": {
    ...service,
    wireMessage: "Param Value Not Define",
    status: 422,
    retry: "no",
    actor: "user",
    pointer: "/items",
    meaning: "A word for items, browser or speed is not one the service knows.",
  },
  "160441": {
    ...service,
    pointer: wholeForm,
    wireMessage: "DB Execute Query Error",
    status: 503,
    retry: "later",
    created: "maybe",
    actor: "vendor",
    meaning: "Registering the job failed.",
  },
  "160451": {
    ...service,
    wireMessage: "Assets_Check_Fail",
    status: 422,
    retry: "no",
    actor: "user",
    pointer: "/startUrl",
    meaning: "The target is not a server of this NAVER Cloud account.",
  },
  "160452": {
    ...service,
    wireMessage: "Queue_Full",
    status: 409,
    retry: "later",
    actor: "user",
    pointer: "/when",
    meaning: "The time slot is fully booked.",
  },
  "160453": {
    ...service,
    wireMessage: "Already_Exists",
    status: 409,
    retry: "later",
    actor: "user",
    pointer: "/startUrl",
    meaning: "A job of this target is already waiting or running.",
  },
  "160454": {
    ...service,
    pointer: wholeForm,
    wireMessage: "TooMany_Insert",
    status: 409,
    retry: "later",
    actor: "user",
    meaning: "Too many jobs are waiting.",
  },
  "160455": {
    ...service,
    wireMessage: "ReScan Create failed",
    status: 422,
    retry: "no",
    actor: "user",
    pointer: "/rescanOf",
    meaning: "The re-scan rule is not met: same host and address, 60 days, three times.",
  },
  "160456": {
    ...service,
    wireMessage: "Managed Service agree chk failed",
    status: 422,
    retry: "no",
    actor: "user",
    pointer: "/managedConsent",
    meaning: "The agreement for a server of another company is missing.",
  },
  "160457": {
    ...service,
    wireMessage: "Managed Service file chk failed",
    status: 422,
    retry: "later",
    actor: "target-owner",
    pointer: "/startUrl",
    meaning: "The ownership file was not found on the target.",
  },
  "160701": {
    ...service,
    wireMessage: "Open period expired",
    status: 410,
    retry: "no",
    actor: "nobody",
    meaning: "The report is older than one year.",
  },
  "160842": {
    ...service,
    wireMessage: "DB Matcing Data 0",
    status: 409,
    retry: "no",
    actor: "user",
    meaning: "Nothing to cancel; only waiting jobs can be cancelled.",
  },
  "165244": {
    ...service,
    wireMessage: "DB Data Record CNT Not Matching",
    status: 409,
    retry: "no",
    actor: "user",
    meaning: "The jobs asked for and the jobs found differ in number.",
  },

  INPUT_INVALID: { ...input, status: 400, meaning: "The request does not have the expected form." },
  INPUT_REFUSED: { ...input, status: 422, meaning: "The request is well formed, but a value cannot be accepted." },
  VALUE_REQUIRED: { ...input, status: 400, meaning: "A field is missing." },
  VALUE_INVALID: { ...input, status: 422, meaning: "A value is not one of those allowed." },
  VALUE_TOO_LONG: { ...input, status: 422, meaning: "A text or list is longer than allowed." },
  FIELD_UNKNOWN: { ...input, status: 400, meaning: "A field is not part of the contract." },
  URL_INVALID: {
    ...input,
    pointer: "/startUrl",
    status: 422,
    meaning: "Not an absolute http or https URL, or one with a user name in it.",
  },
  URL_OTHER_HOST: {
    ...input,
    pointer: "/excludeUrls",
    status: 422,
    meaning: "An excluded URL is on another host than the target.",
  },
  ITEMS_ALL_ALONE: { ...input, pointer: "/items", status: 422, meaning: "The word ALL stands alone." },
  HEADER_NOT_ALLOWED: {
    ...input,
    pointer: "/signIn/headers",
    status: 422,
    meaning: "A header name or value cannot be sent to a target.",
  },
  CONSENT_REQUIRED: {
    ...input,
    pointer: "/consent/accepted",
    status: 422,
    meaning: "Responsibility and fee were not accepted.",
  },
  TARGET_NOT_ALLOWED: {
    ...input,
    pointer: "/startUrl",
    status: 422,
    meaning: "The host is not on this dashboard's list of allowed targets.",
  },
  TARGET_ADDRESS_FORBIDDEN: {
    ...input,
    pointer: "/startUrl",
    status: 422,
    meaning: "The name leads to a private or reserved address or port, which the dashboard's own calls may not reach.",
  },
  LOCAL_TIME_INVALID: {
    ...input,
    pointer: "/when/localTime",
    status: 422,
    meaning: "Not a time such as 02:00, or a date and time such as 2027-01-31T02:00.",
  },
  LOCAL_TIME_MISSING: {
    ...input,
    pointer: "/when/localTime",
    status: 422,
    meaning: "Clocks are put forward over this time; it does not exist in this zone on this day.",
  },
  LOCAL_TIME_PAST: { ...input, pointer: "/when/localTime", status: 422, meaning: "The time is already past." },
  LOCAL_TIME_TOO_FAR: {
    ...input,
    pointer: "/when/localTime",
    status: 422,
    meaning: "The time is more than 400 days away.",
  },
  TIME_ZONE_UNKNOWN: { ...input, pointer: "/when/zone", status: 422, meaning: "Not a time zone such as Asia/Seoul." },
  SCHEDULE_NEVER_RUNS: { ...input, status: 422, meaning: "No run is left: the blackout hours cover every one." },
  IDEMPOTENCY_KEY_INVALID: { ...input, status: 400, meaning: "Idempotency-Key is 16 to 64 of A-Z a-z 0-9 _ -." },
  IDEMPOTENCY_KEY_REUSED: { ...input, status: 422, meaning: "The same Idempotency-Key came with another request." },

  JSON_INVALID: { ...input, status: 400, meaning: "The body is not JSON, or nests too deep." },
  BODY_TOO_LARGE: { ...input, status: 413, meaning: "The body is too large." },
  REQUEST_MALFORMED: { ...input, status: 400, meaning: "The request is not HTTP as it should be." },
  HEADERS_TOO_LARGE: { ...input, status: 431, meaning: "The headers are larger than 16 kB." },
  REQUEST_TIMEOUT: { ...input, status: 408, meaning: "The request did not arrive in time." },
  CONTENT_TYPE_UNSUPPORTED: { ...input, status: 415, meaning: "Only application/json is read." },
  REQUEST_GUARD_MISSING: { ...input, status: 403, meaning: "The X-WSC-Request header is missing." },
  ORIGIN_FORBIDDEN: { ...input, status: 403, meaning: "The request comes from another site." },
  HOST_MISMATCH: {
    ...input,
    status: 421,
    meaning: "The Host header is not the one this dashboard is published under.",
  },
  SESSION_REQUIRED: { ...input, status: 401, meaning: "There is no session." },
  ROLE_FORBIDDEN: { ...input, status: 403, meaning: "The role of the signed-in user does not allow this." },
  TOKEN_INVALID: {
    ...dashboard,
    status: 401,
    retry: "no",
    actor: "operator",
    meaning: "The service token is unknown, expired or revoked.",
  },
  TOKEN_OUT_OF_SCOPE: {
    ...dashboard,
    status: 403,
    retry: "no",
    actor: "operator",
    meaning: "The service token is limited to other targets, or the call is for people only.",
  },
  TOKEN_ATTEMPTS_EXHAUSTED: {
    ...dashboard,
    status: 429,
    retry: "later",
    actor: "operator",
    meaning: "Too many service tokens of this address were not valid.",
  },
  NO_ROLE: {
    ...dashboard,
    status: 403,
    retry: "no",
    actor: "operator",
    meaning: "The user is known, but none of their groups stands in the role map.",
  },
  GROUPS_OVERAGE: {
    ...dashboard,
    status: 403,
    retry: "no",
    actor: "operator",
    meaning: "The identity provider left the groups out because there are too many.",
  },
  IDENTITY_UNAVAILABLE: {
    ...dashboard,
    status: 503,
    retry: "safe",
    actor: "operator",
    meaning: "The identity provider or its keys cannot be reached, so people cannot be identified.",
  },
  SIGN_IN_REFUSED: {
    ...input,
    status: 400,
    meaning: "The answer of the identity provider does not belong to a sign-in begun in this browser, or is not valid.",
  },
  SIGN_IN_DENIED: {
    ...dashboard,
    status: 403,
    retry: "no",
    actor: "operator",
    meaning: "The identity provider does not let this person use the dashboard, or the person declined.",
  },
  SIGN_IN_INTERRUPTED: {
    ...input,
    status: 400,
    meaning:
      "The identity provider needs an answer of the person first: to log in, to choose an account or to consent.",
  },
  SIGN_IN_MISCONFIGURED: {
    ...dashboard,
    status: 503,
    retry: "no",
    actor: "operator",
    meaning: "The identity provider does not accept how the dashboard is registered or set up; the log has its words.",
  },
  ROUTE_NOT_FOUND: { ...input, status: 404, meaning: "No such page or endpoint." },
  METHOD_NOT_ALLOWED: { ...input, status: 405, meaning: "The endpoint does not know this method." },

  JOB_NOT_FOUND: {
    ...input,
    status: 404,
    meaning: "The job was not found in the list, or it belongs to another account.",
  },
  JOB_SEARCH_UNFINISHED: {
    ...input,
    status: 404,
    retry: "later",
    meaning: "The job is not on the pages of the list that were read so far; a minute later the search goes on.",
  },
  JOB_STATE_CONFLICT: { ...input, status: 409, meaning: "The job is no longer in a state that allows this." },
  REPORT_NOT_READY: { ...input, status: 409, retry: "later", meaning: "The job has no report, or not yet." },
  AUDIT_ENTRY_NOT_FOUND: { ...input, status: 404, meaning: "No such entry of the audit log." },
  PREDECESSOR_NOT_FOUND: {
    ...input,
    status: 404,
    meaning:
      "No earlier finished job of the same target has the same sign-in, checks and scope and a report that can be read.",
  },
  COMPARE_TARGETS_DIFFER: { ...input, status: 422, meaning: "Only two jobs of the same target can be compared." },
  COMPARE_SAME_JOB: { ...input, status: 422, meaning: "A job cannot be compared with itself." },
  TARGET_NOT_FOUND: { ...input, status: 404, meaning: "No job of such a target is known." },
  TARGET_CHANGED: {
    ...input,
    status: 409,
    meaning: "Somebody else changed what is kept about the target in between.",
  },
  TARGET_FILE_UNREADABLE: {
    ...input,
    status: 422,
    meaning: 'The file is no CSV with a column "host", or it has more than 1,000 rows.',
  },
  TARGETS_EXHAUSTED: { ...input, status: 409, meaning: "There are as many described targets as there may be." },
  SCHEDULE_NOT_FOUND: { ...input, status: 404, meaning: "No such schedule." },
  SCHEDULE_COLLISION: {
    ...dashboard,
    status: 409,
    retry: "no",
    actor: "user",
    meaning: "A job of the target was still waiting or running; this run was left out, as the schedule says.",
  },
  SCHEDULE_RUN_WITHDRAWN: {
    ...dashboard,
    status: 409,
    retry: "no",
    actor: "user",
    meaning: "The schedule of this run was paused, changed or deleted: the run is not sent, or not sent again.",
  },
  SUBMISSION_IN_FLIGHT: {
    ...input,
    status: 409,
    meaning: "The submission is on its way or settled; it can no longer be changed.",
  },
  SUBMISSION_MISSED: {
    ...dashboard,
    pointer: "/when",
    status: 409,
    retry: "no",
    actor: "user",
    meaning: "The time of the reservation passed while it could not be sent; it is never sent late.",
  },
  SUBMISSION_DOUBLED: {
    ...dashboard,
    pointer: wholeForm,
    status: 409,
    retry: "no",
    actor: "user",
    meaning: "Two jobs carry the token of one submission; a person decides.",
  },
  SIGN_IN_UNREADABLE: {
    ...dashboard,
    pointer: "/signIn",
    status: 409,
    retry: "no",
    actor: "operator",
    meaning: "The sealed sign-in data cannot be opened with the present encryption keys; nothing was sent.",
  },
  MEMO_CUT: {
    ...dashboard,
    status: 409,
    retry: "no",
    actor: "vendor",
    meaning:
      "The upstream does not keep memos whole, so a missing job proves nothing: what is in doubt is left to a person.",
  },
  MEMO_UNPROVEN: {
    ...dashboard,
    pointer: wholeForm,
    status: 409,
    retry: "no",
    actor: "user",
    meaning: "No memo as long as this one was seen complete on this account, so a list without the job proves nothing.",
  },
  LIST_COUNT_MISSING: {
    ...dashboard,
    pointer: wholeForm,
    status: 409,
    retry: "no",
    actor: "user",
    meaning: "The list came without its count, so that the job is missing from it proves nothing.",
  },
  LIST_ROWS_UNREADABLE: {
    ...dashboard,
    pointer: wholeForm,
    status: 409,
    retry: "no",
    actor: "user",
    meaning: "The list has rows that could not be read, so that the job is missing from it proves nothing.",
  },
  LIST_CHANGED: {
    ...dashboard,
    pointer: wholeForm,
    status: 409,
    retry: "no",
    actor: "user",
    meaning: "The list changed each time while it was read, so that the job is missing from it proves nothing.",
  },
  LIST_ORDER_UNPROVEN: {
    ...dashboard,
    pointer: wholeForm,
    status: 409,
    retry: "no",
    actor: "user",
    meaning:
      "The list is not newest first and too long to be read in full, so that the job is missing from it proves nothing.",
  },
  LIST_WALK_INCOMPLETE: {
    ...dashboard,
    pointer: wholeForm,
    status: 409,
    retry: "no",
    actor: "user",
    meaning: "The list could not be read to its end, so that the job is missing from it proves nothing.",
  },
  BUDGET_EXHAUSTED: {
    ...input,
    pointer: wholeForm,
    status: 409,
    retry: "later",
    meaning: "The budget of jobs for the day or the hour is used up.",
  },
  RESERVATIONS_EXHAUSTED: {
    ...input,
    pointer: "/when/localTime",
    status: 409,
    retry: "later",
    meaning: "The person has as many open reservations as one person may (WSC_RESERVATIONS_PER_USER).",
  },
  SCHEDULES_EXHAUSTED: {
    ...input,
    status: 409,
    retry: "later",
    meaning: "The person has as many schedules as one person may (WSC_SCHEDULES_PER_USER).",
  },
  TOKEN_NOT_FOUND: { ...input, status: 404, meaning: "No such service token." },
  VERDICT_NOT_FOUND: { ...input, status: 404, meaning: "Nothing is kept about such a finding." },
  FINDING_NOT_FOUND: { ...input, status: 404, meaning: "The report has no such finding." },
  VERDICT_CHANGED: {
    ...input,
    status: 409,
    meaning: "Somebody else changed the verdict in between; the answer holds what it is now.",
  },
  VERDICT_HISTORY_FULL: { ...input, status: 409, meaning: "The history of the finding has 1,000 entries already." },
  VERDICT_DAY_PAST: { ...input, status: 422, meaning: "The day is over." },
  VERDICT_DAY_TOO_FAR: { ...input, status: 422, meaning: "A risk cannot be accepted for more than three years." },
  VIEW_NOT_FOUND: { ...input, status: 404, meaning: "No such view, or one of somebody else that is not shared." },
  VIEW_CHANGED: { ...input, status: 409, meaning: "The view was changed in between." },
  VIEWS_EXHAUSTED: { ...input, status: 409, meaning: "A person keeps as many views as one may." },
  TOKENS_EXHAUSTED: {
    ...input,
    status: 409,
    retry: "later",
    meaning: "There are as many active service tokens as there may be.",
  },
  CHANNEL_NOT_FOUND: { ...input, status: 404, meaning: "No such channel." },
  DELIVERY_NOT_FOUND: { ...input, status: 404, meaning: "No such delivery." },
  CHANNELS_EXHAUSTED: { ...input, status: 409, meaning: "There are as many channels as there may be." },
  CHANNEL_PAUSED: { ...input, status: 409, meaning: "The channel is paused: nothing is sent through it." },
  CHANNEL_UNSIGNED: { ...input, status: 409, meaning: "Messages of this kind of channel are not signed." },
  RECEIVER_INVALID: {
    ...input,
    status: 422,
    meaning: "The receiver of a channel is no mail address, or no https address.",
  },
  RECEIVER_FORBIDDEN: {
    ...input,
    status: 422,
    meaning: "The receiver of a channel is an internal address that WSC_INTERNAL_RECEIVERS does not name.",
  },
  MAIL_NOT_SET: {
    ...input,
    status: 422,
    actor: "operator",
    meaning: "No mail can be sent: WSC_SMTP_URL or WSC_MAIL_FROM is not set.",
  },
  IDEMPOTENCY_KEY_RUNNING: {
    ...input,
    status: 409,
    retry: "safe",
    meaning: "The first request with this Idempotency-Key is still being answered.",
  },
  STORE_UNAVAILABLE: {
    ...dashboard,
    pointer: wholeForm,
    status: 503,
    retry: "later",
    actor: "operator",
    meaning: "The dashboard's store cannot be written; nothing was sent.",
  },
  SUBMISSION_NOT_FOUND: { ...input, status: 404, meaning: "No such submission." },

  UPSTREAM_UNREACHABLE: {
    ...dashboard,
    pointer: wholeForm,
    status: 502,
    retry: "safe",
    actor: "operator",
    meaning: "No connection to the upstream (name, network or TLS).",
  },
  UPSTREAM_TIMEOUT: {
    ...dashboard,
    pointer: wholeForm,
    status: 504,
    retry: "safe",
    created: "maybe",
    actor: "vendor",
    meaning: "The upstream did not answer in time.",
  },
  UPSTREAM_SLOW: {
    ...dashboard,
    status: 504,
    retry: "safe",
    actor: "vendor",
    meaning: "The upstream takes long to answer; what was read before is shown until it does.",
  },
  UPSTREAM_INTERRUPTED: {
    ...dashboard,
    pointer: wholeForm,
    status: 502,
    retry: "safe",
    created: "maybe",
    actor: "vendor",
    meaning: "The connection broke before the upstream's answer was complete.",
  },
  UPSTREAM_UNREADABLE: {
    ...dashboard,
    pointer: wholeForm,
    status: 502,
    retry: "no",
    created: "maybe",
    actor: "vendor",
    meaning: "The upstream's answer does not follow its contract.",
  },
  UPSTREAM_CODE_UNKNOWN: {
    ...dashboard,
    pointer: wholeForm,
    status: 502,
    retry: "no",
    created: "maybe",
    actor: "vendor",
    meaning: "The upstream failed with a code that its documents do not list, or with none.",
  },
  OUTCOME_UNKNOWN: {
    ...dashboard,
    pointer: wholeForm,
    status: 502,
    retry: "no",
    created: "maybe",
    actor: "user",
    meaning: "It is not known whether the job was created; the list is being checked.",
  },

  PROBE_TOO_SOON: {
    ...input,
    status: 429,
    retry: "later",
    meaning: "The answers of the gateway were recorded less than two minutes ago, or are being recorded.",
  },
  OWN_CALLS_EXHAUSTED: {
    ...input,
    status: 429,
    retry: "later",
    meaning:
      "The person has as many calls of this kind under way as one person may, or has made too many of them in a short time.",
  },
  SERVER_BUSY: {
    ...dashboard,
    status: 503,
    retry: "safe",
    actor: "operator",
    meaning: "The dashboard has more requests than it can serve.",
  },
  INTERNAL_ERROR: {
    ...dashboard,
    status: 500,
    retry: "no",
    actor: "operator",
    meaning: "A fault of this dashboard; the log has the details.",
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

/** Whether the catalogue names this code. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}

/** The catalogue's row for a code; unknown codes get the row of UPSTREAM_CODE_UNKNOWN. */
export function errorEntry(code: string): ErrorEntry {
  return errorCatalogue[isErrorCode(code) ? code : "UPSTREAM_CODE_UNKNOWN"];
}

/** Returns gateway or service by the number alone (docs/upstream-api.md section 5.5); `null` for other codes. */
export function vendorOriginOf(code: string): "gateway" | "service" | null {
  if (isErrorCode(code)) {
    const { origin } = errorCatalogue[code];
    return origin === "dashboard" ? null : origin;
  }
  return /^[0-9]{6}$/.test(code) ? "service" : null;
}

/** The one field of `POST /api/jobs` that a code belongs to, as a JSON pointer; none when it is the whole form or no form at all. */
export function fieldOf(code: string): string | undefined {
  const { pointer } = errorEntry(code);
  return pointer === wholeForm ? undefined : pointer;
}
