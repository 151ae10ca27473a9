import * as z from "zod/mini";
import { type GatewayOperation, gatewayOperations } from "./gateway-operations.ts";

const code = z.string().check(z.regex(/^[0-9]{1,9}$/));
const status = z.int().check(z.minimum(200), z.maximum(599));
/** before: the call is not executed. after: the fault happens after its execution. */
const when = z._default(z.enum(["before", "after"]), "before");

const effectSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("service-error"),
    code,
    status: z.optional(status),
    shape: z.optional(z.enum(["error", "envelope"])),
    when,
  }),
  z.strictObject({
    kind: z.literal("gateway-error"),
    code,
    status: z.optional(status),
    /** Seconds, any text unchanged (such as an HTTP date), or an HTTP date this many seconds from now. */
    retryAfter: z.optional(z.union([z.int(), z.string(), z.strictObject({ dateInSeconds: z.int() })])),
    numericCode: z.optional(z.boolean()),
    when,
  }),
  z.strictObject({ kind: z.literal("latency"), ms: z.int().check(z.minimum(0), z.maximum(600_000)) }),
  z.strictObject({ kind: z.literal("hang"), when }),
  z.strictObject({
    kind: z.literal("reset"),
    /** during: the call is executed and half of the response sent, then the connection is reset. */
    when: z._default(z.enum(["before", "during", "after"]), "before"),
  }),
  z.strictObject({ kind: z.literal("html"), status, when }),
  z.strictObject({ kind: z.literal("empty"), status, when }),
  z.strictObject({ kind: z.literal("garbage"), when }),
  z.strictObject({ kind: z.literal("http-status-only"), status, when }),
  z.strictObject({ kind: z.literal("body"), status: z._default(status, 200), body: z.unknown(), when }),
]);
export type FaultEffect = z.output<typeof effectSchema>;

export const faultSchema = z.strictObject({
  operation: z.enum([...gatewayOperations, "*"]),
  times: z._default(z.int().check(z.minimum(1), z.maximum(1_000_000)), 1),
  effect: effectSchema,
});
export type Fault = z.output<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;

/** Pending faults, in the order in which they were added. */
export class FaultQueue {
  #faults: Fault[] = [];
  #cleared = new AbortController();

  /** Throws a zod error for an invalid fault. */
  add(fault: FaultInput): void {
    this.#faults.push(faultSchema.parse(fault));
  }

  /** Returns the pending faults. */
  list(): readonly Fault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  /** Deletes all pending faults; a call delayed by a latency fault continues at once. */
  clear(): void {
    this.#faults = [];
    this.#cleared.abort();
    this.#cleared = new AbortController();
  }

  /** Aborted by the next `clear`. */
  get cleared(): AbortSignal {
    return this.#cleared.signal;
  }

  /** Returns the effect for the next call of this operation, and consumes it. */
  take(operation: GatewayOperation): FaultEffect | null {
    const fault = this.#faults.find((candidate) => candidate.operation === operation || candidate.operation === "*");
    if (!fault) return null;
    fault.times -= 1;
    if (fault.times === 0) this.#faults.splice(this.#faults.indexOf(fault), 1);
    return fault.effect;
  }
}
