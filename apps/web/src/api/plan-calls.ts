import { planEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

export const planCalls = callsOf(planEndpoints);
