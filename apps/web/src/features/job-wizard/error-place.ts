import { fieldOf } from "@wsc-dashboard/wsc-core";
import { pathOfPointer } from "../../forms/form-error.ts";
import type { WizardStep } from "./wizard-search.ts";
import { stepOfPath } from "./wizard-values.ts";

/** What a person can do about an error with one press, besides correcting a field. */
export type ErrorRemedy =
  | "handOver"
  | "laterTimes"
  | "newJob"
  | "openWaiting"
  | "refreshCatalogue"
  | "showWaiting"
  | "useHeaders";

interface ErrorPlace {
  /** Path of the form value the error belongs to; absent when nothing in the form can correct it. */
  readonly path?: string;
  /** The step of that value. An error without a value is shown on the review, where the form is sent. */
  readonly step: WizardStep;
  readonly remedy?: ErrorRemedy;
}

/** The file belongs to the hosting field, not to the start URL. */
const pathByCode: ReadonlyMap<string, string> = new Map([
  ["160457", "hosting"],
  ["CONSENT_REQUIRED", "consent"],
]);

const remedyByCode: ReadonlyMap<string, ErrorRemedy> = new Map([
  ["160351", "useHeaders"],
  ["160433", "refreshCatalogue"],
  ["160451", "handOver"],
  ["160452", "laterTimes"],
  ["160453", "openWaiting"],
  ["160454", "showWaiting"],
  ["160455", "newJob"],
]);

/** The remedy for a code, if any; an unknown code has none. */
export function remedyOf(code: string): ErrorRemedy | undefined {
  return remedyByCode.get(code);
}

/** Where an error of a job request is shown: by the server's pointer, else by the catalogue's field for the code. */
export function errorPlace(code: string, pointer = fieldOf(code)): ErrorPlace {
  const path = pathByCode.get(code) ?? (pointer === undefined ? undefined : pathOfPointer(pointer));
  const remedy = remedyOf(code);
  return {
    step: path === undefined || path === "" ? "review" : stepOfPath(path),
    ...(path === undefined || path === "" ? {} : { path }),
    ...(remedy === undefined ? {} : { remedy }),
  };
}
