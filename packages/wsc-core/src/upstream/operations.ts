/**
 * The six operations of the vendor's API as data (docs/upstream-api.md section 3). All code that knows a wire path or a wire
 * field name is in this folder.
 */
export const upstreamOperations = {
  getJobs: { method: "GET", path: "/api/v1/jobs", kind: "read" },
  searchJobs: { method: "POST", path: "/api/v1/jobs/search", kind: "read" },
  createJob: { method: "PUT", path: "/api/v1/job", kind: "create" },
  cancelJob: { method: "PATCH", path: "/api/v1/jobs/{instanceId}/cancel", kind: "act" },
  stopJob: { method: "PATCH", path: "/api/v1/jobs/{instanceId}/stop", kind: "act" },
  getReport: { method: "GET", path: "/api/v1/jobs/{instanceId}/report", kind: "read" },
} as const;
export type UpstreamOperation = keyof typeof upstreamOperations;

/** The origins of the three clouds (docs/upstream-api.md section 2). */
export const upstreamOrigins = {
  public: "https://wsc.apigw.ntruss.com",
  financial: "https://wsc.apigw.fin-ntruss.com",
  government: "https://wsc.apigw.gov-ntruss.com",
} as const;

/** A request as sent; the signature covers `method` and `pathAndQuery` exactly as they are. */
export interface WireRequest {
  readonly operation: UpstreamOperation;
  readonly method: (typeof upstreamOperations)[UpstreamOperation]["method"];
  readonly pathAndQuery: string;
  readonly body: string | null;
}

function wireRequest(operation: UpstreamOperation, pathAndQuery: string, body: unknown = null): WireRequest {
  const { method } = upstreamOperations[operation];
  return { operation, method, pathAndQuery, body: body === null ? null : JSON.stringify(body) };
}

/** Page of the list. Both numbers are always sent (docs/upstream-api.md section 7). */
export interface PageArguments {
  /** Records per page, 1 to 100. */
  readonly limit: number;
  /** 1-based. */
  readonly page: number;
}
export interface SearchArguments extends PageArguments {
  /** The field that `keyword` searches; `null` for no search. */
  readonly searchBy: "url" | "memo" | null;
  readonly keyword: string;
  /** One of the vendor's status codes, or `null` for all. */
  readonly statusCode: number | null;
}

export function getJobsRequest({ limit, page }: PageArguments): WireRequest {
  return wireRequest("getJobs", `${upstreamOperations.getJobs.path}?limit=${limit}&page=${page}`);
}

/** Builds searchJobs. An unused `statusCode` is sent as JSON null (docs/upstream-api.md section 8.1). */
export function searchJobsRequest({ searchBy, keyword, statusCode, limit, page }: SearchArguments): WireRequest {
  const body = { searchType: searchBy ?? "", searchKeyword: searchBy === null ? "" : keyword, statusCode, limit, page };
  return wireRequest("searchJobs", upstreamOperations.searchJobs.path, body);
}

/** The settings of a job that createJob takes (docs/upstream-api.md section 6.2). */
export interface CreateJobSettings {
  readonly startUrl: string;
  readonly excludeUrls: readonly string[];
  readonly items: readonly string[];
  readonly userAgent: string;
  readonly speed: string;
  /** The finished job that this one scans again. */
  readonly rescanOf?: string | undefined;
}

/** The body of createJob (docs/upstream-api.md section 6.2); `memo` is the wire memo, token included. */
export function createJobBody(
  job: CreateJobSettings,
  headers: Readonly<Record<string, string>> | null,
  memo: string,
): Record<string, unknown> {
  return {
    StartUrl: job.startUrl,
    ExcludeUrl: job.excludeUrls,
    ...(headers === null ? {} : { Headers: headers }),
    VulnItems: job.items,
    UserAgent: job.userAgent,
    Speed: job.speed,
    Memo: memo,
    ...(job.rescanOf === undefined ? {} : { MasterInstanceNo: job.rescanOf }),
  };
}

export function createJobRequest(body: Record<string, unknown>): WireRequest {
  return wireRequest("createJob", upstreamOperations.createJob.path, body);
}

function withInstanceNo(operation: "cancelJob" | "stopJob" | "getReport", instanceNo: string): WireRequest {
  if (!/^[1-9][0-9]{0,19}$/.test(instanceNo)) {
    throw new TypeError("an instanceNo is 1 to 20 digits without leading zeros");
  }
  return wireRequest(operation, upstreamOperations[operation].path.replace("{instanceId}", instanceNo));
}

/** Throws TypeError unless `instanceNo` is 1 to 20 digits: it becomes part of a signed path. */
export const cancelJobRequest = (instanceNo: string): WireRequest => withInstanceNo("cancelJob", instanceNo);
/** Throws TypeError unless `instanceNo` is 1 to 20 digits: it becomes part of a signed path. */
export const stopJobRequest = (instanceNo: string): WireRequest => withInstanceNo("stopJob", instanceNo);
/** Throws TypeError unless `instanceNo` is 1 to 20 digits: it becomes part of a signed path. */
export const getReportRequest = (instanceNo: string): WireRequest => withInstanceNo("getReport", instanceNo);
