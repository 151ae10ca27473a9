import { createHmac, randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type GatewayFact, itemCatalogue } from "@wsc-dashboard/wsc-core";
import {
  createSignedTransport,
  createSigner,
  type GatewayClock,
  Secret,
  type SignedTransport,
  type Signer,
  TransportFailure,
} from "@wsc-dashboard/wsc-core/node";
import {
  judgeCalls,
  maskCalls,
  maxCalls,
  type RecordedCall,
  type Recording,
  readCalls,
  unknownStatusWords,
  type WordDigest,
} from "@wsc-dashboard/wsc-core/upstream";
import { alertingSteps, firstSteps, furtherSteps, type ProbeStep } from "./probe-steps.ts";

export interface ProbeParts {
  readonly environment: Recording["environment"];
  readonly origin: string;
  readonly timeoutMs: number;
  readonly sign: Signer;
  readonly clock: GatewayClock;
  /** IANA time zone of dates that have none. */
  readonly timeZone: string;
  /** Version of the dashboard. */
  readonly version: string;
  readonly now: () => number;
}

export interface ProbeOptions {
  /** Milliseconds between the end of a call and the next one. */
  readonly spacingMs: number;
  /** Milliseconds after which no further call is made. */
  readonly deadlineMs: number;
  /** Also makes calls with a wrong clock, with a wrong secret, and to cancel an unknown job. */
  readonly mayAlertOwner?: boolean;
  /** Keeps unknown words of the vendor in the recording. */
  readonly isVocabularyKept?: boolean;
}

export interface ProbeResult {
  /** Masked; safe to share. */
  readonly recording: Recording;
  readonly facts: readonly GatewayFact[];
  /** Unknown status words, with the status codes whose search returned them; in the recording only on request. */
  readonly unknownWords: ReadonlyMap<string, readonly number[]>;
}

const sixMinutesMs = 360_000;
/** This many refused or failed calls in a row end a probe: further ones would fail alike. */
const maxFailures = 3;

/** File name of a recording, from its time. */
export const recordingFileName = ({ recordedAt }: Pick<Recording, "recordedAt">): string =>
  `wsc-recording-${recordedAt.replace(/[^0-9]/g, "").slice(0, 14)}.json`;

/** Replaces words by keyed digests. The key lives as long as one recording is being made and is stored nowhere. */
export function createWordDigest(): WordDigest {
  const salt = randomBytes(32);
  return (word, length) => {
    const blocks: Buffer[] = [];
    for (let index = 0; index * 32 < length; index += 1) {
      blocks.push(createHmac("sha256", salt).update(`${index} ${word}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, length);
  };
}

interface Transports {
  readonly bySigning: Readonly<Record<ProbeStep["signing"], SignedTransport>>;
  close(): void;
}

function createTransports({ origin, timeoutMs, sign, clock, now }: ProbeParts): Transports {
  const late: GatewayClock = {
    ...{ now: () => clock.now() - sixMinutesMs, offsetMs: 0, isKnown: true },
    ...{ suspectedOffsetMs: null, confirmations: 0, isUntried: false, forget: () => {}, observe: () => {} },
  };
  const wrong = createSigner({
    accessKey: new Secret(sign("GET", "/", 0)["x-ncp-iam-access-key"] ?? ""),
    secretKey: new Secret(randomBytes(20).toString("hex")),
  });
  const shared = { origin, timeoutMs, localNow: now };
  const bySigning = {
    usual: createSignedTransport({ ...shared, sign, clock }),
    "clock-off": createSignedTransport({ ...shared, sign, clock: late }),
    "wrong-secret": createSignedTransport({ ...shared, sign: wrong, clock }),
  };
  const close = (): void => {
    for (const transport of Object.values(bySigning)) transport.close();
  };
  return { bySigning, close };
}

async function makeCall(step: ProbeStep, transports: Transports): Promise<RecordedCall> {
  const { request, signing, step: name, limit, page, statusCode, about } = step;
  const { operation, method, pathAndQuery, body } = request;
  const startedAt = performance.now();
  const told = { step: name, operation, method, pathAndQuery, body, limit, page, statusCode, about };
  const took = () => ({ durationMs: Math.round(performance.now() - startedAt) });
  try {
    const {
      httpStatus,
      body: bytes,
      date = null,
      contentType = null,
      traceId = null,
    } = await transports.bySigning[signing].send(request);
    return {
      ...told,
      ...took(),
      answer: { httpStatus, date, contentType, traceId, body: bytes.toString("utf8") },
      failure: null,
    };
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    return { ...told, ...took(), answer: null, failure: error.kind };
  }
}

/**
 * Tests how the gateway responds, with reads only: sequential, at most 40, each sent once. Nothing is created or changed; with
 * `mayAlertOwner` it also sends one cancel for a job that does not exist.
 */
export async function runProbe(parts: ProbeParts, options: ProbeOptions): Promise<ProbeResult> {
  const { environment, timeZone, version, now } = parts;
  const calls: RecordedCall[] = [];
  const transports = createTransports(parts);
  const endsAt = performance.now() + options.deadlineMs;
  const recordedAt = new Date(now()).toISOString();
  const about = () => ({ calls, timeZone, recordedAt });
  let failures = 0;

  async function take(steps: readonly ProbeStep[]): Promise<void> {
    for (const step of steps) {
      const isOver = calls.length >= maxCalls || failures >= maxFailures || performance.now() >= endsAt;
      if (isOver) return;
      if (calls.length > 0) await delay(options.spacingMs);
      const call = await makeCall(step, transports);
      calls.push(call);
      const { httpStatus = 0 } = call.answer ?? {};
      const isFailed = call.failure !== null || httpStatus === 401 || httpStatus === 429 || httpStatus >= 500;
      failures = isFailed && step.signing === "usual" ? failures + 1 : 0;
    }
  }

  try {
    await take(firstSteps);
    await take(furtherSteps(readCalls(about()), `none-${randomBytes(8).toString("hex")}`));
    if (options.mayAlertOwner === true) await take(alertingSteps);
  } finally {
    transports.close();
  }
  const masked = maskCalls(calls, {
    digest: createWordDigest(),
    itemWords: itemCatalogue.map(({ word }) => word),
    isVocabularyKept: options.isVocabularyKept ?? false,
  });
  return {
    recording: {
      ...{ format: "wsc-gateway-recording", version: 1, product: version, environment, recordedAt, timeZone },
      calls: masked,
    },
    facts: judgeCalls(about()),
    unknownWords: unknownStatusWords(about()),
  };
}
