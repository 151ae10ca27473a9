import { isReportExpired } from "@wsc-dashboard/wsc-core";
import { data, serviceError } from "../answers.ts";
import { asWritten } from "../wire-date.ts";
import { wireReport } from "../wire-report.ts";
import type { GatewayHandler } from "./gateway-call.ts";

export const getReport: GatewayHandler = ({ instanceId }, { jobs, settings, now }) => {
  const record = jobs.get(instanceId);
  if (record?.code !== 4 || record.endedAt === null) return serviceError("901", settings);
  if (isReportExpired(new Date(asWritten(record.endedAt)), new Date(now))) return serviceError("160701", settings);
  return data(wireReport(record, record.endedAt, settings.dateForm), settings);
};
