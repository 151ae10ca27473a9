import { newJobEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

/** Apart from the calls for existing jobs: only pages that create jobs load these schemas. */
export const newJobCalls = callsOf(newJobEndpoints);
