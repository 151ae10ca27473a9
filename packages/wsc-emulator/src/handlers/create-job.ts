import { connect } from "node:net";
import { isRescanOpen, targetHostOf } from "@wsc-dashboard/wsc-core";
import { serviceError, success } from "../answers.ts";
import type { JobOrder } from "../job-record.ts";
import { isOwnHost } from "../job-runner.ts";
import { readOrder } from "../read-order.ts";
import type { GatewayHandler, Service } from "./gateway-call.ts";

const connectTimeoutMs = 3_000;

/** The rule behind 160455: the first job is finished, has the same host, is within its days and not re-scanned too often. */
function isRescanAllowed({ startUrl, masterInstanceNo }: JobOrder, { jobs, settings, now }: Service): boolean {
  if (masterInstanceNo === null) return true;
  const master = jobs.get(masterInstanceNo);
  const first = master && jobs.get(master.firstInstanceNo);
  if (!master || !first || first.endedAt === null) return false;
  return (
    master.code === 4 &&
    targetHostOf(master.order.startUrl) === targetHostOf(startUrl) &&
    isRescanOpen(new Date(first.endedAt), new Date(now)) &&
    jobs.rescanCount(first.instanceNo) < settings.rescanLimit
  );
}

function refusalOfOrder(order: JobOrder, service: Service): "160453" | "160454" | "160455" | null {
  const { jobs, settings } = service;
  if (jobs.activeOn(order.startUrl)) return "160453";
  if (jobs.waitingCount() >= settings.queueLimit) return "160454";
  return isRescanAllowed(order, service) ? null : "160455";
}

function acceptsConnections(startUrl: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(startUrl);
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port || (protocol === "https:" ? 443 : 80)),
      timeout: connectTimeoutMs,
    });
    const settle = (isOpen: boolean): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once("connect", () => settle(true));
    socket.once("timeout", () => settle(false));
    socket.once("error", () => settle(false));
  });
}

export const createJob: GatewayHandler = async ({ body }, service) => {
  const { jobs, runner, settings, now, steadyNow } = service;
  const order = readOrder(body, settings);
  if (typeof order === "string") return serviceError(order, settings);
  if (!isOwnHost(new URL(order.startUrl).host, settings.allowedHosts)) return serviceError("160451", settings);
  const early = refusalOfOrder(order, service);
  if (early !== null) return serviceError(early, settings);
  if (!(await acceptsConnections(order.startUrl))) return serviceError("160353", settings);
  // Another call may have registered the target while this one connected.
  const late = refusalOfOrder(order, service);
  if (late !== null) return serviceError(late, settings);

  const record = jobs.add({ order, startedAt: now, searchableAt: steadyNow + settings.searchLagMs });
  runner.start(record);
  return success(settings.createAnswer === "with-id" ? { instanceNo: Number(record.instanceNo) } : null);
};
