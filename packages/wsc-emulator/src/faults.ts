import * as z from "zod/mini";
import { type GatewayOperation, gatewayOperations } from "./gateway-operations.ts";

const code = z.string().check(z.regex(/^[0-9]{1,9}$/));
const status = z.int().check(z.minimum(200), z.maximum(599));
/** before: the call is not carried out. after: it is, and then the fault happens. */
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
    /** Seconds, any text as it is (an HTTP date for example), or an HTTP date so many seconds from now. */
    retryAfter: z.optional(z.union([z.int(), z.string(), z.strictObject({ dateInSeconds: z.int() })])),
    numericCode: z.optional(z.boolean()),
    when,
  }),
  z.strictObject({ kind: z.literal("latency"), ms: z.int().check(z.minimum(0), z.maximum(600_000)) }),
  z.strictObject({ kind: z.literal("hang"), when }),
  z.strictObject({
    kind: z.literal("reset"),
    /** during: carried out, half of the answer sent, then the connection reset. */
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

/** Faults to come, in the order they were given. */
export class FaultQueue {
  #faults: Fault[] = [];
  #cleared = new AbortController();

  /** Throws a zod error for a fault that is not well formed. */
  add(fault: FaultInput): void {
    this.#faults.push(faultSchema.parse(fault));
  }

  /** What is still to come. */
  list(): readonly Fault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  /** Nothing is to come any more, and a call that a latency holds back goes on at once. */
  clear(): void {
    this.#faults = [];
    this.#cleared.abort();
    this.#cleared = new AbortController();
  }

  /** Aborted when what is to come now is cleared. */
  get cleared(): AbortSignal {
    return this.#cleared.signal;
  }

  /** The effect the next call of this operation meets, used up by asking. */
  take(operation: GatewayOperation): FaultEffect | null {
    const fault = this.#faults.find((candidate) => candidate.operation === operation || candidate.operation === "*");
    if (!fault) return null;
    fault.times -= 1;
    if (fault.times === 0) this.#faults.splice(this.#faults.indexOf(fault), 1);
    return fault.effect;
  }
}
