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

// Instants are milliseconds since the epoch; documents are JSON text. Both databases hold the same columns.

export interface SubmissionTable {
  id: string;
  token: string;
  state: SubmissionState;
  owner_id: string;
  owner_name: string;
  /** The job request without its sign-in data. */
  request: string;
  /** Host of the target: one job of unknown outcome holds back only its own target. */
  target: string;
  created_at: number;
  due_at: number;
  /** When it is due for processing; `null` when it is not. */
  next_at: number | null;
  /** Fencing token: who comes back from a long sleep finds another number and does nothing. */
  version: Generated<number>;
  lease_owner: string | null;
  lease_until: number | null;
  attempts: Generated<number>;
  /** By the gateway's clock, of the latest attempt. */
  signed_at: number | null;
  /** Searches since the latest attempt, and how many in a row found nothing when it could no longer appear. */
  searches: Generated<number>;
  absences: Generated<number>;
  last_absence_at: number | null;
  /** How often an attempt was proven to have made no job. */
  proven_absent: Generated<number>;
  instance_no: string | null;
  reason: string | null;
  settled_at: number | null;
  schedule_id: string | null;
  /** What to do when a job of the target is in the way; reservations and "now" wait. */
  collision: "skip" | "queue" | null;
  /** Hours in which nothing may be sent, in `zone`. */
  blackout: string | null;
  /** The wall time a person chose, in `zone`. */
  local_time: string | null;
  zone: string | null;
  /** The finished job that it scans again. */
  rescan_of: string | null;
  /** Since when the schedule of a run no longer wants it: bound if its job exists, never sent again. */
  withdrawn_at: number | null;
  /** Searches in a row, since absence could be proven, that proved nothing. */
  unproven: Generated<number>;
  /** The id that the answer to the latest call named; only the list says whether it is the job's. */
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
  /** Failures before this instant no longer count. */
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
  /** User, endpoint and key together. */
  scope: string;
  fingerprint: string;
  /** `null` while the first request is still being answered. */
  status: number | null;
  body: string | null;
  created_at: number;
}

export interface SendLockTable {
  name: SendLockName;
  holder: string | null;
  held_until: number;
  /** Nothing passes before this instant: spacing, throttling, quota. */
  closed_until: number;
  /** Why it is closed, when the upstream asked for it. */
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
  /** From here on read off `entry` by the database itself. */
  at: GeneratedAlways<number>;
  actor: GeneratedAlways<string>;
  action: GeneratedAlways<string>;
  object: GeneratedAlways<string>;
  target: GeneratedAlways<string | null>;
  result: GeneratedAlways<string>;
}

/** One row: the newest link, marked with the key, so that a cut-off end shows. */
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

/** A memo token that a preview has shown and that the submission of the same content will use. */
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

/** A sign-in in oidc mode; the browser's id stands here as its hash. */
export interface SessionTable {
  id_hash: string;
  user_id: string;
  sid: string | null;
  name: string;
  /** JSON list; `null` in it when there were too many. */
  groups: string;
  /** Tokens of the provider. */
  sealed: string;
  created_at: number;
  /** Last user action. */
  seen_at: number;
  /** Last time the provider confirmed the groups. */
  checked_at: number;
  /** Until then one process asks the provider; a refresh token may be presented once only. */
  checking_until: Generated<number>;
  ends_at: number;
}

/** Hashes of what may be presented once only. */
export interface UsedTokenTable {
  id: string;
  until: number;
}

/** One row: which database this is, and how often a small write has proven that it can be written to. */
export interface DatabaseIdentityTable {
  id: string;
  writes: number;
}

/** What the account's gateway has shown of what its documents leave open. */
export interface GatewayFactTable {
  name: FactName;
  state: FactState;
  value: string | null;
  measure: number | null;
  observed_at: number;
  /** What has shown it. */
  source: FactSource | null;
  /** What was proven before an answer contradicted it. */
  earlier: string | null;
}

/**
 * A job of the upstream's list with what its report counts, and how it compares with its partner. Read in the background; no text
 * of a finding. Counts are kept until the report's year ends.
 */
export interface JobSummaryTable {
  instance_no: string;
  /** Host of the target. */
  target: string;
  start_url: string;
  phase: JobPhase;
  /** The vendor's word. Hostile text. */
  status_text: string;
  started_at: number | null;
  ended_at: number | null;
  /** When the report closes. */
  expires_at: number | null;
  crawl_count: number | null;
  /** Whether there is a report that can be read, 0 or 1. */
  has_report: number;
  /** Whether the upstream would allow a re-scan but for the time, 0 or 1. */
  may_rescan: number;
  /** Hostile text. */
  memo: string;
  /** The vendor's code of the status; `null` where only its word is known. */
  status_code: number | null;
  /** In percent. */
  progress: number | null;
  /** Findings that the list tells, also of a job that runs. */
  finding_count: number | null;
  /** What the upstream offers besides, 0 or 1. */
  may_cancel: number;
  may_stop: number;
  has_cause: number;
  /** When the list was begun in which it was last seen. */
  seen_at: number;
  /** When the report is to be read; `null` when it has been, or when there is none. */
  next_read_at: number | null;
  /** Reads of the report in a row that failed, and why the latest did. */
  failures: Generated<number>;
  failure_code: string | null;
  read_at: number | null;
  /** The vendor's counts; `null` where it gave none. */
  total: number | null;
  high: number | null;
  medium: number | null;
  low: number | null;
  /** Keys of the settings that decide with which job it may be compared, as JSON. */
  settings: string | null;
  /** The job to compare with. */
  partner: string | null;
  not_comparable: IncomparableReason | null;
  /** When it is to be compared with its partner; `null` when it has been, or when there is none. */
  next_compare_at: number | null;
  /** Counts of the comparison as JSON. */
  compared: string | null;
  /** When verdicts are to learn what the report shows; `null` when they have, or when it has not been read. */
  next_observe_at: number | null;
}

/** One row: which process reads in the background, and how far it came with the list. */
export interface BackgroundReadingTable {
  holder: string | null;
  held_until: number;
  /** When the list was last read to its end. */
  list_read_at: number | null;
  /** Whether it showed every job of the last year, 0 or 1. */
  is_list_complete: number;
  /** Why the list could not be read, when nothing has succeeded since. */
  failure_code: string | null;
  failed_at: number | null;
}

/** A credential of a program; its text stands here as its hash. */
export interface ServiceTokenTable {
  id: string;
  text_hash: string;
  name: string;
  role: Role;
  /** JSON list of host patterns; `null`: all targets. */
  targets: string | null;
  created_at: number;
  /** Name of the person. */
  created_by: string;
  expires_at: number;
  last_used_at: number | null;
  revoked_at: number | null;
}

/** What people decided about a finding, by the hash of target and identity, and what scans have shown since. No evidence. */
export interface VerdictTable {
  id: string;
  /** Host of the target, and the fingerprint; `null` once no report of the target can be read any more. */
  target: string | null;
  fingerprint: string | null;
  verdict: Verdict;
  reason: string | null;
  owner: string | null;
  /** Days, as `2026-12-31`. */
  due: string | null;
  until_day: string | null;
  /** When an accepted risk is open again. */
  ends_at: number | null;
  issue_url: string | null;
  decided_at: number;
  decided_by: string;
  decided_name: string;
  /** Start of the latest scan that reported it, and of the latest that tested there and did not. */
  seen_at: number | null;
  seen_job: string | null;
  absent_at: number | null;
  absent_job: string | null;
  severity: Severity | null;
  /** Occurrences in the report of `seen_job`. */
  seen_total: number;
  seen_high: number;
  seen_medium: number;
  seen_low: number;
  /** Why the effective verdict differs from the decision, as far as the history says so. */
  noted_cause: VerdictCause | null;
  notes: number;
  /** Entries of the history: the number of the latest. */
  events: number;
  /** Until when the report of `seen_job` can be read. */
  readable_until: number;
  updated_at: number;
  version: number;
}

/** The history of a verdict; never changed, but for `instance_no`, which is erased with the identity. */
export interface VerdictEventTable {
  verdict_id: string;
  seq: number;
  at: number;
  kind: VerdictHistoryEntry["kind"];
  /** Who it was; `null` for what the dashboard recorded. */
  actor: string | null;
  name: string | null;
  instance_no: string | null;
  /** What was decided or written, as JSON. */
  content: string;
}

/** What people say about a target. */
export interface TargetDetailsTable {
  host: string;
  /** As JSON. */
  tags: string;
  owner: string | null;
  service: string | null;
  note: string | null;
  updated_at: number;
  /** Name of the person. */
  updated_by: string;
  version: number;
}

/** Filters of a list that a person saved. */
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

/** With which view a list opens for a person. */
export interface DefaultViewTable {
  owner_id: string;
  list: ViewList;
  view_id: string;
}

/** One row: the address at which issues are opened, with placeholders. */
export interface IssueTemplateTable {
  template: string | null;
}

/** Where notifications go. */
export interface ChannelTable {
  id: string;
  name: string;
  kind: ChannelKind;
  /** What is shown of the receiver: the mail address, or the host of the address. */
  receiver: string;
  /** The address of the receiver and the secrets that sign, as JSON. */
  sealed: string;
  /** Which notifications it gets, when they are sent, as JSON. */
  rule: string;
  times: string;
  language: Language;
  /** `null`: active. */
  paused_because: PauseReason | null;
  /** Attempts in a row that failed, and until when there is no other one. */
  failures: Generated<number>;
  blocked_until: Generated<number>;
  delivered_at: number | null;
  created_at: number;
  /** Name of the person. */
  created_by: string;
  /** Grows with each change, so that changes follow each other. */
  version: Generated<number>;
}

/** What happened, written in the transaction in which it happened. */
export interface NotificationTable {
  id: string;
  /** One for each event: what is noted again, by whichever process, is left out. */
  identity: string;
  facts: string;
  created_at: number;
}

/** A notification on its way to a channel. */
export interface QueuedNotificationTable {
  notification_id: string;
  channel_id: string;
  due_at: number;
  /** Whether it waits for others, to be sent with them as one message; 0 or 1. */
  is_held: number;
  /** The message that carries it; `null` until it is due. */
  delivery_id: string | null;
}

/** A message to a channel. */
export interface DeliveryTable {
  id: string;
  channel_id: string;
  kind: DeliveryKind;
  state: DeliveryState;
  /** Number of notifications in it. */
  notifications: number;
  created_at: number;
  /** When it is to be attempted; `null` when it is not, or while its channel is paused. */
  next_at: number | null;
  attempts: Generated<number>;
  /** The latest attempts as JSON, newest first. */
  log: string;
  /** Fencing token: who comes back from a long sleep finds another number and changes nothing. */
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
