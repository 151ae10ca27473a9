import type {
  ChannelKind,
  DeliveryKind,
  DeliveryState,
  FactName,
  FactSource,
  FactState,
  IncomparableReason,
  JobPhase,
  Language,
  PauseReason,
  Role,
  Severity,
  SubmissionState,
  Verdict,
  VerdictCause,
  VerdictHistoryEntry,
  ViewList,
} from "@wsc-dashboard/wsc-core";
import type { Generated, GeneratedAlways, Selectable } from "kysely";

// Instants are milliseconds since the epoch; documents are JSON text. SQLite and PostgreSQL have the same columns.

export interface SubmissionTable {
  id: string;
  token: string;
  state: SubmissionState;
  owner_id: string;
  owner_name: string;
  /** The job request without its sign-in data. */
  request: string;
  /** Host of the target: a submission in doubt blocks only its own target. */
  target: string;
  created_at: number;
  due_at: number;
  /** When the dispatcher processes it next; `null` when it need not. */
  next_at: number | null;
  /** Fencing token: an update with an old number, by a process that was suspended, changes nothing. */
  version: Generated<number>;
  lease_owner: string | null;
  lease_until: number | null;
  attempts: Generated<number>;
  /** Number of calls ever made: unlike `attempts`, not reset when a person decides to resend. */
  calls: Generated<number>;
  /** Signing time of the latest attempt, by the gateway's clock. */
  signed_at: number | null;
  /** Searches since the latest attempt, and how many in a row found nothing after `absenceProofStartsAt`. */
  searches: Generated<number>;
  absences: Generated<number>;
  last_absence_at: number | null;
  /** Number of attempts proven to have created no job. */
  proven_absent: Generated<number>;
  instance_no: string | null;
  reason: string | null;
  settled_at: number | null;
  schedule_id: string | null;
  /** What a run does while another job of the target runs; `null` for reservations and "now", which wait. */
  collision: "skip" | "queue" | null;
  /** Hours in which nothing is sent, in `zone`. */
  blackout: string | null;
  /** Local time that a person chose, in `zone`. */
  local_time: string | null;
  zone: string | null;
  /** `instanceNo` of the finished job that it re-scans. */
  rescan_of: string | null;
  /** When its schedule withdrew the run: it is bound if its job exists, but never sent again. */
  withdrawn_at: number | null;
  /** Inconclusive searches in a row since absence could be proven. */
  unproven: Generated<number>;
  /** `instanceNo` in the response to the latest call; only the list proves that it belongs to the job. */
  hint: string | null;
}

export interface ScheduleTable {
  id: string;
  owner_id: string;
  owner_name: string;
  request: string;
  sign_in_kind: "none" | "headers" | "form";
  rule: string;
  collision: "skip" | "queue";
  blackout: string;
  paused_by: "user" | "failures" | null;
  next_at: number | null;
  created_at: number;
  /** Failures before this instant are not counted. */
  resumed_at: number;
}

export interface ScheduleSignInTable {
  schedule_id: string;
  sealed: string;
}

export interface AttemptTable {
  submission_id: string;
  number: number;
  signed_at: number;
  code: string | null;
}

export interface IdempotencyTable {
  /** User, endpoint and key, joined by spaces. */
  scope: string;
  fingerprint: string;
  /** `null` while the first request is in progress. */
  status: number | null;
  body: string | null;
  created_at: number;
}

export interface SendLockTable {
  name: SendLockName;
  holder: string | null;
  held_until: number;
  /** No call is sent before this instant: spacing, throttling, quota. */
  closed_until: number;
  /** Error code, when the upstream caused the closing. */
  code: string | null;
}

/** "createJob": one call at a time for the account. "resend": whether an attempt proven absent may be sent again. */
export type SendLockName = "createJob" | "resend";

export interface BookingTable {
  submission_id: string;
  owner_id: string;
  booked_at: number;
}

export interface AuditTable {
  seq: number;
  key_name: string;
  entry: string;
  hash: string;
  /** Columns from here on are generated from `entry` by the database. */
  at: GeneratedAlways<number>;
  actor: GeneratedAlways<string>;
  action: GeneratedAlways<string>;
  object: GeneratedAlways<string>;
  target: GeneratedAlways<string | null>;
  result: GeneratedAlways<string>;
}

/** One row: the newest link with a MAC, so that truncation is detected. */
export interface AuditHeadTable {
  seq: number;
  hash: string | null;
  key_name: string | null;
  mark: string | null;
}

export interface SignInTable {
  submission_id: string;
  sealed: string;
}

export interface DraftTable {
  owner_id: string;
  content: string;
  saved_at: number;
}

export interface OwnershipTable {
  target: string;
  token: string;
  issued_at: number;
}

/** A memo token shown in a preview, to be used by the submission of the same content. */
export interface PreviewTable {
  owner_id: string;
  content_hash: string;
  token: string;
  created_at: number;
}

export interface KeyTable {
  name: string;
  sealed: string;
}

/** A session in oidc mode; of the id in the browser only the hash is stored. */
export interface SessionTable {
  id_hash: string;
  user_id: string;
  sid: string | null;
  name: string;
  /** JSON list, or JSON `null` when there were too many groups. */
  groups: string;
  /** The identity provider's tokens, encrypted. */
  sealed: string;
  created_at: number;
  /** Last user action. */
  seen_at: number;
  /** When the provider last confirmed the groups. */
  checked_at: number;
  /** Until then one process is querying the provider: a refresh token may be used only once. */
  checking_until: Generated<number>;
  ends_at: number;
}

/** Hashes of values that may be presented only once. */
export interface UsedTokenTable {
  id: string;
  until: number;
}

/** One row: the identity of the database, and a counter that write checks increment. */
export interface DatabaseIdentityTable {
  id: string;
  writes: number;
}

/** Facts about the account's gateway that the vendor's documents leave open. */
export interface GatewayFactTable {
  name: FactName;
  state: FactState;
  value: string | null;
  measure: number | null;
  observed_at: number;
  /** Where the evidence comes from. */
  source: FactSource | null;
  /** The proven value before a response contradicted it. */
  earlier: string | null;
}

/**
 * Summary of a job in the upstream's list: the counts of its report and of the comparison with its partner, read in the
 * background. No text of a finding. Counts are kept until the report expires after a year.
 */
export interface JobSummaryTable {
  instance_no: string;
  /** Host of the target. */
  target: string;
  start_url: string;
  phase: JobPhase;
  /** The vendor's status text. Untrusted. */
  status_text: string;
  started_at: number | null;
  ended_at: number | null;
  /** When the report stops being readable. */
  expires_at: number | null;
  crawl_count: number | null;
  /** Whether a readable report exists, 0 or 1. */
  has_report: number;
  /** Whether the upstream would allow a re-scan, apart from the time limit, 0 or 1. */
  may_rescan: number;
  /** Untrusted text. */
  memo: string;
  /** The vendor's status code; `null` when only the text is known. */
  status_code: number | null;
  /** In percent. */
  progress: number | null;
  /** Number of findings according to the list, also of a running job. */
  finding_count: number | null;
  /** Further capabilities of the job, 0 or 1. */
  may_cancel: number;
  may_stop: number;
  has_cause: number;
  /** Start of the latest list reading that contained the job. */
  seen_at: number;
  /** When to read the report; `null` when it has been read or there is none. */
  next_read_at: number | null;
  /** Consecutive failed reads of the report, and the code of the latest. */
  failures: Generated<number>;
  failure_code: string | null;
  read_at: number | null;
  /** The vendor's counts; `null` where it sent none. */
  total: number | null;
  high: number | null;
  medium: number | null;
  low: number | null;
  /** Keys of the settings that decide which jobs it is comparable with, as JSON. */
  settings: string | null;
  /** `instanceNo` of the job to compare with. */
  partner: string | null;
  not_comparable: IncomparableReason | null;
  /** When to compare it with its partner; `null` when it has been compared or has no partner. */
  next_compare_at: number | null;
  /** Counts of the comparison as JSON. */
  compared: string | null;
  /** When to update verdicts from the report; `null` when done, or when the report has not been read. */
  next_observe_at: number | null;
}

/** One row: the process that reads in the background, and its progress with the list. */
export interface BackgroundReadingTable {
  holder: string | null;
  held_until: number;
  /** When the list was last read completely. */
  list_read_at: number | null;
  /** Whether it contained every job of the last year, 0 or 1. */
  is_list_complete: number;
  /** Error code of the failed list reading; `null` after a success. */
  failure_code: string | null;
  failed_at: number | null;
}

/** A service token; only its hash is stored. */
export interface ServiceTokenTable {
  id: string;
  text_hash: string;
  name: string;
  role: Role;
  /** JSON list of host patterns; `null` for all targets. */
  targets: string | null;
  created_at: number;
  /** Name of the person, not the id. */
  created_by: string;
  expires_at: number;
  last_used_at: number | null;
  revoked_at: number | null;
}

/** The verdict on a finding, keyed by the hash of target and fingerprint, and what later scans have shown. No evidence. */
export interface VerdictTable {
  id: string;
  /** Host of the target, and the fingerprint; both `null` once no report of the target is readable. */
  target: string | null;
  fingerprint: string | null;
  verdict: Verdict;
  reason: string | null;
  owner: string | null;
  /** Days, in the form `2026-12-31`. */
  due: string | null;
  until_day: string | null;
  /** When the acceptance of a risk expires. */
  ends_at: number | null;
  issue_url: string | null;
  decided_at: number;
  decided_by: string;
  decided_name: string;
  /** Start of the latest scan that reported the finding, and of the latest that tested for it and did not. */
  seen_at: number | null;
  seen_job: string | null;
  absent_at: number | null;
  absent_job: string | null;
  severity: Severity | null;
  /** Occurrences in the report of `seen_job`, in total and by severity. */
  seen_total: number;
  seen_high: number;
  seen_medium: number;
  seen_low: number;
  /** Why the effective verdict differs from the decision, as last noted in the history. */
  noted_cause: VerdictCause | null;
  notes: number;
  /** Number of the latest entry in the history. */
  events: number;
  /** When the report of `seen_job` stops being readable. */
  readable_until: number;
  updated_at: number;
  version: number;
}

/** The history of a verdict. Append-only, except that `instance_no` is erased together with the fingerprint. */
export interface VerdictEventTable {
  verdict_id: string;
  seq: number;
  at: number;
  kind: VerdictHistoryEntry["kind"];
  /** Id of the person; `null` for an entry made by the dashboard. */
  actor: string | null;
  name: string | null;
  instance_no: string | null;
  /** The decision or note, as JSON. */
  content: string;
}

/** Details that people entered about a target. */
export interface TargetDetailsTable {
  host: string;
  /** As JSON. */
  tags: string;
  owner: string | null;
  service: string | null;
  note: string | null;
  updated_at: number;
  /** Name of the person, not the id. */
  updated_by: string;
  version: number;
}

/** A saved filter of a list. */
export interface SavedViewTable {
  id: string;
  list: ViewList;
  owner_id: string;
  owner_name: string;
  name: string;
  /** As JSON. */
  search: string;
  /** 0 or 1. */
  is_shared: number;
  updated_at: number;
  version: number;
}

/** The view with which a list opens for a person. */
export interface DefaultViewTable {
  owner_id: string;
  list: ViewList;
  view_id: string;
}

/** One row: the URL template for opening issues, with placeholders. */
export interface IssueTemplateTable {
  template: string | null;
}

/** A destination of notifications. */
export interface ChannelTable {
  id: string;
  /** The person whose own notifications these are; `null` for a channel that admins manage. At most one per person. */
  owner_id: string | null;
  name: string;
  kind: ChannelKind;
  /** Displayed part of the receiver: the mail address, or the host of the webhook URL. */
  receiver: string;
  /** The receiver's address and the signing secrets, as encrypted JSON. */
  sealed: string;
  /** Which notifications it receives, and when they are sent, as JSON. */
  rule: string;
  times: string;
  language: Language;
  /** `null` when active. */
  paused_because: PauseReason | null;
  /** Consecutive failed attempts, and the instant before which no other is made. */
  failures: Generated<number>;
  blocked_until: Generated<number>;
  delivered_at: number | null;
  created_at: number;
  /** Name of the person, not the id. */
  created_by: string;
  /** Row version: incremented by each change, for optimistic locking. */
  version: Generated<number>;
}

/** An event, written in the transaction in which it happened. */
export interface NotificationTable {
  id: string;
  /** Unique per event: a duplicate from any process is dropped. */
  identity: string;
  facts: string;
  created_at: number;
}

/** A notification queued for a channel. */
export interface QueuedNotificationTable {
  notification_id: string;
  channel_id: string;
  due_at: number;
  /** Whether it is held, to be sent with others in one message, 0 or 1. */
  is_held: number;
  /** The message that contains it; `null` until it is due. */
  delivery_id: string | null;
}

/** A message to a channel. */
export interface DeliveryTable {
  id: string;
  channel_id: string;
  kind: DeliveryKind;
  state: DeliveryState;
  /** Number of notifications in the message. */
  notifications: number;
  created_at: number;
  /** Since when it waits to be delivered: its creation, or the latest replay. */
  queued_at: number;
  /** When to attempt it next; `null` when settled, or while its channel is paused. */
  next_at: number | null;
  attempts: Generated<number>;
  /** The latest attempts as JSON, newest first. */
  log: string;
  /** Fencing token: an update with an old number, by a process that was suspended, changes nothing. */
  version: Generated<number>;
  lease_until: number | null;
  settled_at: number | null;
}

export interface Database {
  channel: ChannelTable;
  notification: NotificationTable;
  queued_notification: QueuedNotificationTable;
  delivery: DeliveryTable;
  service_token: ServiceTokenTable;
  database_identity: DatabaseIdentityTable;
  submission: SubmissionTable;
  attempt: AttemptTable;
  idempotency: IdempotencyTable;
  send_lock: SendLockTable;
  booking: BookingTable;
  audit: AuditTable;
  audit_head: AuditHeadTable;
  sign_in: SignInTable;
  key: KeyTable;
  schedule: ScheduleTable;
  schedule_sign_in: ScheduleSignInTable;
  draft: DraftTable;
  ownership: OwnershipTable;
  preview: PreviewTable;
  session: SessionTable;
  used_token: UsedTokenTable;
  gateway_fact: GatewayFactTable;
  job_summary: JobSummaryTable;
  background_reading: BackgroundReadingTable;
  verdict: VerdictTable;
  verdict_event: VerdictEventTable;
  issue_template: IssueTemplateTable;
  target_details: TargetDetailsTable;
  saved_view: SavedViewTable;
  default_view: DefaultViewTable;
}

export type SubmissionRow = Selectable<SubmissionTable>;
export type AttemptRow = Selectable<AttemptTable>;
export type SessionRow = Selectable<SessionTable>;
export type ScheduleRow = Selectable<ScheduleTable>;
export type JobSummaryRow = Selectable<JobSummaryTable>;
export type VerdictRow = Selectable<VerdictTable>;
export type VerdictEventRow = Selectable<VerdictEventTable>;
export type TargetDetailsRow = Selectable<TargetDetailsTable>;
export type SavedViewRow = Selectable<SavedViewTable>;
export type ServiceTokenRow = Selectable<ServiceTokenTable>;
export type ChannelRow = Selectable<ChannelTable>;
export type DeliveryRow = Selectable<DeliveryTable>;
