import { demoEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

export const demoCalls = callsOf(demoEndpoints);
