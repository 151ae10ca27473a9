import type { Answer } from "../answers.ts";
import type { JobRunner } from "../job-runner.ts";
import type { JobStore } from "../job-store.ts";
import type { EmulatorSettings } from "../settings.ts";

/** A request that passed every check of the gateway. */
interface GatewayCall {
  readonly instanceId: string;
  readonly query: URLSearchParams;
  /** The parsed JSON body; `undefined` when there was none. */
  readonly body: unknown;
}

/** Dependencies of the service behind the gateway. */
export interface Service {
  readonly jobs: JobStore;
  readonly runner: JobRunner;
  readonly settings: EmulatorSettings;
  /** The gateway's clock in milliseconds, offset included. */
  readonly now: number;
  /** The same without offset. */
  readonly steadyNow: number;
}

export type GatewayHandler = (call: GatewayCall, service: Service) => Answer | Promise<Answer>;
