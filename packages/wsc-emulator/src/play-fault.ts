import { STATUS_CODES } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { type Answer, gatewayError, serviceError } from "./answers.ts";
import type { FaultEffect } from "./faults.ts";
import type { EmulatorSettings } from "./settings.ts";

/** What happens to the connection: a response, silence, or a reset (after half of `answer`, if given). */
export type Outcome =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "silence" }
  | { readonly kind: "reset"; readonly half: Answer | null };

export interface FaultStage {
  /** Carries the call out as if there were no fault. */
  readonly carryOut: () => Promise<Answer>;
  readonly settings: EmulatorSettings;
  /** The gateway's clock in milliseconds. */
  readonly now: number;
  /** Aborted when the gateway closes. */
  readonly closing: AbortSignal;
  /** Aborted when the faults are cleared, which ends a latency. */
  readonly cleared: AbortSignal;
}

const plain = (status: number, type: string | null, body: string): Answer => ({
  status,
  code: null,
  headers: type === null ? {} : { "content-type": type },
  body,
});

const errorPage = (status: number): string =>
  `<!DOCTYPE html>\n<html><head><title>${status}</title></head><body><h1>${status} ${STATUS_CODES[status] ?? ""}</h1></body></html>\n`;

function retryAfterText(
  retryAfter: Extract<FaultEffect, { kind: "gateway-error" }>["retryAfter"],
  now: number,
): string | undefined {
  if (typeof retryAfter !== "object") return retryAfter === undefined ? undefined : String(retryAfter);
  return new Date(now + retryAfter.dateInSeconds * 1000).toUTCString();
}

function answerOf(
  effect: Exclude<FaultEffect, { kind: "latency" | "hang" | "reset" }>,
  { settings, now }: FaultStage,
): Answer {
  switch (effect.kind) {
    case "service-error":
      return serviceError(effect.code, settings, { status: effect.status, shape: effect.shape });
    case "gateway-error":
      return gatewayError(effect.code, {
        status: effect.status,
        numericCode: effect.numericCode,
        retryAfter: retryAfterText(effect.retryAfter, now),
      });
    case "html":
      return plain(effect.status, "text/html;charset=utf-8", errorPage(effect.status));
    case "empty":
      return plain(effect.status, null, "");
    case "garbage":
      return plain(200, "application/json;charset=utf-8", '{"returnCode":"0","resources":{"total_cnt":1,"record_da');
    case "http-status-only":
      return plain(effect.status, "text/plain;charset=utf-8", STATUS_CODES[effect.status] ?? "");
    case "body":
      return plain(effect.status, "application/json;charset=utf-8", JSON.stringify(effect.body ?? null));
  }
}

/** Plays a fault; executes the call first if the fault says "during" or "after", and last if it is a latency. */
export async function playFault(effect: FaultEffect, stage: FaultStage): Promise<Outcome> {
  if (effect.kind === "latency") {
    const signal = AbortSignal.any([stage.closing, stage.cleared]);
    await delay(effect.ms, undefined, { signal }).catch(() => undefined);
    return stage.closing.aborted ? { kind: "silence" } : { kind: "answer", answer: await stage.carryOut() };
  }
  const carriedOut = effect.when === "before" ? null : await stage.carryOut();
  if (effect.kind === "hang") return { kind: "silence" };
  if (effect.kind === "reset") return { kind: "reset", half: effect.when === "during" ? carriedOut : null };
  return { kind: "answer", answer: answerOf(effect, stage) };
}
