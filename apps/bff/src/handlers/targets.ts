import type { BffApi, Handlers } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../http/bind-handlers.ts";
import type { TargetOverview } from "../reports/target-overview.ts";

export function targetHandlers(overview: TargetOverview): Handlers<BffApi, CallContext>["targets"] {
  return { list: () => overview.view() };
}
