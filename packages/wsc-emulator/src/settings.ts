import { rescanLimit } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";
import { dateForms } from "./wire-date.ts";

const milliseconds = z.int().check(z.minimum(0), z.maximum(86_400_000));

/** What may be changed while the gateway runs. The README says which behaviours are switches, and why. */
const settingShapes = {
  /** HTTP status of service errors: 200 by the vendor's overview, 400 (401 for 169201) by its newer pages. */
  serviceErrorStatus: z.union([z.literal(200), z.literal(400)]),
  /** strict: item words outside the list are 160433. permissive: any word without surrounding blanks is accepted. */
  itemsMode: z.enum(["strict", "permissive"]),
  /** Content of createJob's `resources`: null, or an object with the new job's number. */
  createAnswer: z.enum(["null", "with-id"]),
  /** Whether lists and reports are wrapped in `{ returnCode, …, resources }` or bare. */
  envelope: z.enum(["wrapped", "bare"]),
  /** Order of the job list. */
  listOrder: z.enum(["newest-first", "oldest-first"]),
  /** Maximum rows per page; larger limits get this many. `null`: 100, and larger limits are refused. */
  pageSizeCap: z.nullable(z.int().check(z.minimum(1), z.maximum(100))),
  /** Whether ids, counts and percentages of lists and reports are JSON numbers or strings. */
  numberForm: z.enum(["number", "text"]),
  /** Status texts of lists, by the vendor's code; codes without one have the usual text. */
  statusTexts: z.record(z.string().check(z.regex(/^[0-9]{1,2}$/)), z.string()),
  /** How lists and reports write dates; all but the last two are Korean time. */
  dateForm: z.enum(dateForms),
  /** Placeholder for a missing date. */
  noDate: z.nullable(z.string().check(z.maxLength(40))),
  /** How a keyword matches memos and URLs: parts in any letter case, parts in the same case, the whole text, or nothing. */
  keywordMatch: z.enum(["part", "part-same-case", "whole", "none"]),
  /** How long a new job is invisible to searchJobs (not to getJobs). */
  searchLagMs: milliseconds,
  /** How far a timestamp may be off: at this distance, before or after, it is refused. */
  signatureValidityMs: z.int().check(z.minimum(1), z.maximum(86_400_000)),
  /** Offset of the gateway's clock, its Date header and the dates it writes. */
  clockOffsetMs: z.int().check(z.minimum(-864_000_000), z.maximum(864_000_000)),
  /** Minimum wait of a job before URL collection; the other phases last a multiple of it. 0: as fast as possible. */
  paceMs: milliseconds,
  /** Accepted calls per minute; further ones get 429 with code 410 and Retry-After. 0: no limit. */
  callsPerMinute: z.int().check(z.minimum(0), z.maximum(1_000_000)),
  /** Limit of waiting jobs; further ones are refused with 160454. */
  queueLimit: z.int().check(z.minimum(1), z.maximum(10_000)),
  /** Limit of re-scans of one first job; further ones are refused with 160455. */
  rescanLimit: z.int().check(z.minimum(0), z.maximum(100)),
  /** Host patterns of the customer's "own servers": `shop.test`, `*.shop.test`, `[::1]`, each with any port. */
  allowedHosts: z.array(z.string().check(z.minLength(1), z.maxLength(255))).check(z.maxLength(100)),
};

const settingsSchema = z.strictObject(settingShapes);
export const settingsPatchSchema = z.partial(settingsSchema);
export type EmulatorSettings = z.output<typeof settingsSchema>;
export type EmulatorSettingsPatch = z.input<typeof settingsPatchSchema>;

const defaultSettings: EmulatorSettings = {
  serviceErrorStatus: 200,
  itemsMode: "strict",
  createAnswer: "null",
  envelope: "wrapped",
  listOrder: "newest-first",
  pageSizeCap: null,
  numberForm: "number",
  statusTexts: {},
  dateForm: "slashes",
  noDate: null,
  keywordMatch: "part",
  searchLagMs: 0,
  signatureValidityMs: 300_000,
  clockOffsetMs: 0,
  paceMs: 1500,
  callsPerMinute: 0,
  queueLimit: 10,
  rescanLimit,
  allowedHosts: ["127.0.0.1", "localhost", "[::1]"],
};

/** Holds the settings and notifies waiting code of a change. */
export class SettingsStore {
  readonly #initial: EmulatorSettings;
  #values: EmulatorSettings;
  #change = new AbortController();

  /** Throws a zod error if a value is out of range. */
  constructor(initial: EmulatorSettingsPatch) {
    this.#initial = settingsSchema.parse({ ...defaultSettings, ...initial });
    this.#values = this.#initial;
  }

  get values(): EmulatorSettings {
    return this.#values;
  }

  /** Aborted at the next change; then get the new signal. */
  get changed(): AbortSignal {
    return this.#change.signal;
  }

  /** Throws a zod error without any change if a name or value is invalid. */
  change(patch: EmulatorSettingsPatch): EmulatorSettings {
    return this.#replace(settingsSchema.parse({ ...this.#values, ...settingsPatchSchema.parse(patch) }));
  }

  reset(): EmulatorSettings {
    return this.#replace(this.#initial);
  }

  #replace(values: EmulatorSettings): EmulatorSettings {
    this.#values = values;
    const previous = this.#change;
    this.#change = new AbortController();
    previous.abort();
    return values;
  }
}
