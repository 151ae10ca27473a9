import * as z from "zod/mini";
import type { CallMeter } from "./call-meter.ts";
import type { Fault, FaultInput, FaultQueue } from "./faults.ts";
import type { JobRunner } from "./job-runner.ts";
import { type JobSeed, newJobOf } from "./job-seed.ts";
import type { JobStore } from "./job-store.ts";
import type { RequestLog, RequestLogEntry } from "./request-log.ts";
import { seedHistory } from "./seed.ts";
import { type ReportSeed, seedReport } from "./seed-report.ts";
import type { EmulatorSettings, EmulatorSettingsPatch, SettingsStore } from "./settings.ts";
import type { Keys } from "./verify-signature.ts";

export const historySchema = z.union([z.boolean(), z.int()]);
/** true or a number: the built-in history, varied by the number; false: no jobs. */
export type History = z.output<typeof historySchema>;

/** The control endpoint's functions, in process. Invalid input throws a zod error and changes nothing. */
export interface EmulatorControl {
  addFault(fault: FaultInput): void;
  faults(): readonly Fault[];
  clearFaults(): void;
  /** Requests outside /control, in order of arrival. */
  requests(): readonly RequestLogEntry[];
  clearRequests(): void;
  settings(): EmulatorSettings;
  changeSettings(patch: EmulatorSettingsPatch): EmulatorSettings;
  /** Makes this key pair the valid one, like a change in the vendor's console. In process only. */
  replaceKeys(keys: Keys): void;
  /** Adds jobs that stay in their state; returns their numbers in the same order. */
  addJobs(seeds: readonly JobSeed[]): readonly string[];
  /** Adds a finished job with a report of any size, plain or hostile; returns its number. */
  addReport(seed: ReportSeed): string;
  /** Deletes jobs, faults and requests, restores the settings, and seeds the history again. */
  reset(history: History): Promise<void>;
}

export interface ControlParts {
  readonly settings: SettingsStore;
  readonly jobs: JobStore;
  readonly runner: JobRunner;
  readonly log: RequestLog;
  readonly faults: FaultQueue;
  readonly meter: CallMeter;
  readonly now: () => number;
  readonly steadyNow: () => number;
  readonly replaceKeys: (keys: Keys) => void;
}

export function createControl({
  settings,
  jobs,
  runner,
  log,
  faults,
  meter,
  now,
  steadyNow,
  replaceKeys,
}: ControlParts): EmulatorControl {
  const addJobs = (seeds: readonly JobSeed[]): readonly string[] => {
    const read = seeds.map((seed) => newJobOf(seed, now(), steadyNow()));
    const numbers = read.flatMap(({ instanceNo }) => instanceNo ?? []);
    const taken = numbers.find((number, index) => jobs.get(number) || numbers.indexOf(number) !== index);
    if (taken !== undefined) throw new Error(`job ${taken} exists already`);
    return read.map((job) => jobs.add(job).instanceNo);
  };
  return {
    addFault: (fault) => faults.add(fault),
    faults: () => faults.list(),
    clearFaults: () => faults.clear(),
    requests: () => log.entries(),
    clearRequests: () => log.clear(),
    settings: () => settings.values,
    changeSettings: (patch) => settings.change(patch),
    replaceKeys,
    addJobs,
    addReport: (seed) => {
      const [instanceNo] = addJobs([seedReport(seed, now())]);
      if (instanceNo === undefined) throw new Error("the report was not added");
      return instanceNo;
    },
    reset: async (history) => {
      await runner.abandon();
      jobs.clear();
      faults.clear();
      log.clear();
      meter.clear();
      settings.reset();
      if (history !== false) addJobs(seedHistory(now(), history === true ? 1 : history));
    },
  };
}
