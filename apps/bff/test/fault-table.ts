import type { FaultInput } from "@wsc-dashboard/wsc-emulator";

/** What a person is told about a createJob that met a fault. */
export type CreateOutcome =
  | { readonly kind: "created" }
  /** Unknown; it is resent when absence is proven, and needs review the third time. */
  | { readonly kind: "unknown" }
  /** Certainly no job, and retried automatically after a while. */
  | { readonly kind: "waiting"; readonly code: string }
  /** `field`: the key of the label of the value to correct, with its step. */
  | {
      readonly kind: "failed";
      readonly code: string;
      readonly field?: { readonly path: "startUrl" | "items"; readonly step: "target" | "checks" };
    };

export interface FaultRow {
  readonly name: string;
  readonly effect: FaultInput["effect"];
  /** The code whose text explains it on reads; `null` where only createJob can meet it. */
  readonly read: string | null;
  readonly create: CreateOutcome;
}

const unknown = { kind: "unknown" } as const;
const failed = (code: string): CreateOutcome => ({ kind: "failed", code });
const waiting = (code: string): CreateOutcome => ({ kind: "waiting", code });
const gateway = (code: string, more: { retryAfter?: number } = {}): FaultInput["effect"] => ({
  kind: "gateway-error",
  code,
  ...more,
});
const service = (code: string, more: { status?: number } = {}): FaultInput["effect"] => ({
  kind: "service-error",
  code,
  ...more,
});
const atStartUrl = { path: "startUrl", step: "target" } as const;
const atItems = { path: "items", step: "checks" } as const;

/** Every known failure of the upstream; the outcomes follow from docs/upstream-api.md sections 5.5 and 11. */
export const faultTable: readonly FaultRow[] = [
  { name: "503 with code 500", effect: gateway("500"), read: "500", create: unknown },
  { name: "504 with code 510", effect: gateway("510"), read: "510", create: unknown },
  { name: "500 with code 900", effect: gateway("900"), read: "900", create: unknown },
  { name: "429 with code 410", effect: gateway("410"), read: "410", create: waiting("410") },
  {
    name: "429 with code 410 and Retry-After",
    effect: gateway("410", { retryAfter: 1 }),
    read: "410",
    create: waiting("410"),
  },
  { name: "429 with code 420", effect: gateway("420"), read: "420", create: waiting("420") },
  {
    name: "429 with the used-up quota 400",
    // Without it all calls are refused for a minute, also in the next test.
    effect: gateway("400", { retryAfter: 1 }),
    read: "400",
    create: waiting("400"),
  },
  { name: "401 with the rejected key 200", effect: gateway("200"), read: "200", create: failed("200") },
  { name: "401 with the forbidden key 210", effect: gateway("210"), read: "210", create: failed("210") },
  { name: "the temporary trouble 901", effect: service("901"), read: "901", create: unknown },
  { name: "901 with HTTP 400", effect: service("901", { status: 400 }), read: "901", create: unknown },
  { name: "the missing right 169201", effect: service("169201"), read: "169201", create: failed("169201") },
  {
    name: "169201 with HTTP 401",
    effect: service("169201", { status: 401 }),
    read: "169201",
    create: failed("169201"),
  },
  { name: "the unknown code 160999", effect: service("160999"), read: "160999", create: unknown },
  {
    name: "an HTML page with 200",
    effect: { kind: "html", status: 200 },
    read: "UPSTREAM_UNREADABLE",
    create: unknown,
  },
  {
    name: "an HTML page with 502",
    effect: { kind: "html", status: 502 },
    read: "UPSTREAM_UNREADABLE",
    create: unknown,
  },
  { name: "an empty answer", effect: { kind: "empty", status: 200 }, read: "UPSTREAM_UNREADABLE", create: unknown },
  { name: "JSON that breaks off", effect: { kind: "garbage" }, read: "UPSTREAM_UNREADABLE", create: unknown },
  {
    name: "a reset before it is carried out",
    effect: { kind: "reset", when: "before" },
    read: "UPSTREAM_INTERRUPTED",
    create: unknown,
  },
  {
    name: "a reset after it was carried out",
    effect: { kind: "reset", when: "after" },
    read: "UPSTREAM_INTERRUPTED",
    create: { kind: "created" },
  },
  {
    name: "a reset in the middle of the answer",
    effect: { kind: "reset", when: "during" },
    read: "UPSTREAM_INTERRUPTED",
    create: { kind: "created" },
  },
  { name: "silence", effect: { kind: "hang" }, read: "UPSTREAM_TIMEOUT", create: unknown },
  {
    name: "silence after it was carried out",
    effect: { kind: "hang", when: "after" },
    read: null,
    create: { kind: "created" },
  },
  {
    name: "503 after it was carried out",
    effect: { kind: "gateway-error", code: "500", when: "after" },
    read: null,
    create: { kind: "created" },
  },
  {
    name: "160451, a foreign server",
    effect: service("160451"),
    read: null,
    create: { kind: "failed", code: "160451", field: atStartUrl },
  },
  {
    name: "160451 with HTTP 400",
    effect: service("160451", { status: 400 }),
    read: null,
    create: { kind: "failed", code: "160451", field: atStartUrl },
  },
  {
    name: "160453, a job already waiting",
    effect: service("160453"),
    read: null,
    create: waiting("160453"),
  },
  { name: "160454, a full queue", effect: service("160454"), read: null, create: waiting("160454") },
  {
    name: "160433, an unknown item",
    effect: service("160433"),
    read: null,
    create: { kind: "failed", code: "160433", field: atItems },
  },
];
