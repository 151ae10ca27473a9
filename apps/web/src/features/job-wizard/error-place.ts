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
  /** The value of the form it belongs to; none when there is nothing in the form to correct. */
  readonly path?: string;
  /** The step of that value. What has no value is told on the review, where the form was sent from. */
  readonly step: WizardStep;
  readonly remedy?: ErrorRemedy;
}

/** The file belongs to the choice of where the server stands, not to the address. */
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

/** The remedy for a code, if there is one; an unknown code has none. */
export function remedyOf(code: string): ErrorRemedy | undefined {
  return remedyByCode.get(code);
}

/** Where an error of a request for a job is shown: by the server's pointer, else by what the catalogue says of the code. */
export function errorPlace(code: string, pointer = fieldOf(code)): ErrorPlace {
  const path = pathByCode.get(code) ?? (pointer === undefined ? undefined : pathOfPointer(pointer));
  const remedy = remedyOf(code);
  return {
    step: path === undefined || path === "" ? "review" : stepOfPath(path),
    ...(path === undefined || path === "" ? {} : { path }),
    ...(remedy === undefined ? {} : { remedy }),
  };
}
