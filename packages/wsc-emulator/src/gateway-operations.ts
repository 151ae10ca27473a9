/*
 * The six operations, written independently of the client from docs/upstream-api.md section 3: with a shared table, a wrong path
 * would go unnoticed.
 */
const operations = {
  getJobs: { method: "GET", path: /^\/api\/v1\/jobs$/ },
  searchJobs: { method: "POST", path: /^\/api\/v1\/jobs\/search$/ },
  createJob: { method: "PUT", path: /^\/api\/v1\/job$/ },
  cancelJob: { method: "PATCH", path: /^\/api\/v1\/jobs\/([^/]+)\/cancel$/ },
  stopJob: { method: "PATCH", path: /^\/api\/v1\/jobs\/([^/]+)\/stop$/ },
  getReport: { method: "GET", path: /^\/api\/v1\/jobs\/([^/]+)\/report$/ },
} as const;

export type GatewayOperation = keyof typeof operations;
export const gatewayOperations = Object.keys(operations) as readonly GatewayOperation[];

export interface MatchedOperation {
  readonly operation: GatewayOperation;
  /** The id in the path as received, or "". */
  readonly instanceId: string;
}

/** The call a request means, or `null`. Letter case and a trailing slash matter. `url` is the raw request target. */
export function matchOperation(method: string, url: string): MatchedOperation | null {
  const path = url.split("?", 1)[0] ?? "";
  for (const operation of gatewayOperations) {
    const match = operations[operation].method === method ? operations[operation].path.exec(path) : null;
    if (match) return { operation, instanceId: match[1] ?? "" };
  }
  return null;
}
