import { isSettled, type Submission } from "@wsc-dashboard/wsc-core";
import { type CreateFate, type Dialect, startDialectGateway } from "./dialect-gateway.ts";
import { jobBody, startBff, until } from "./start-bff.ts";

export const usualDialect: Dialect = {
  order: "newest-first",
  cap: 100,
  search: "part",
  memo: "kept",
  lagMs: 0,
  wrapped: true,
  total: "own pages",
};

/** Gateways that the contract allows, by what is unusual about each. */
export const dialects: Readonly<Record<string, Dialect>> = {
  "newest first, search by a part": usualDialect,
  "newest first, no search": { ...usualDialect, search: "none" },
  "newest first, 10 rows a page": { ...usualDialect, cap: 10, search: "exact" },
  "newest first, 20 rows a page, pages counted as asked": {
    ...usualDialect,
    cap: 20,
    search: "none",
    total: "asked pages",
  },
  "oldest first, search by a part": { ...usualDialect, order: "oldest-first" },
  "oldest first, exact search": { ...usualDialect, order: "oldest-first", search: "exact", wrapped: false },
  "oldest first, exact search, 50 rows a page": { ...usualDialect, order: "oldest-first", search: "exact", cap: 50 },
  "oldest first, no search, 10 rows a page": { ...usualDialect, order: "oldest-first", search: "none", cap: 10 },
  "oldest first, no search, 20 rows a page, pages counted as asked": {
    ...usualDialect,
    order: "oldest-first",
    search: "none",
    cap: 20,
    total: "asked pages",
  },
  "memo cut at 40 characters": { ...usualDialect, order: "oldest-first", search: "exact", memo: "cut" },
  "memo trimmed": { ...usualDialect, memo: "trimmed", search: "exact" },
  "memo with a mark": { ...usualDialect, memo: "marked", search: "none", cap: 20 },
  "new jobs are seen late": { ...usualDialect, order: "oldest-first", search: "none", cap: 50, lagMs: 100 },
};

const json = (status: number, body: string): CreateFate => ({ kind: "answer", status, body });

/** Responses that do not say whether there is a job. */
export const unclearFates: readonly CreateFate[] = [
  { kind: "lost", isCarriedOut: true },
  { kind: "lost", isCarriedOut: false },
  json(200, '{"code":200,"data":{"instanceNo":{own}}}'),
  json(200, '{"code":100}'),
  json(200, '{"returnCode":"210","returnDesc":"Permission Denied","returnMessage":"x","resources":null}'),
  json(200, '{"error":{"errorCode":"200","message":"Authentication Failed"}}'),
  json(401, '{"code":"210","message":"x"}'),
  json(200, '{"returnCode":"0","returnDesc":"x","returnMessage":"Success","resources":1}'),
  json(200, '{"returnCode":"0","returnDesc":"x","returnMessage":"Success","resources":{"instanceNo":{other}}}'),
  { kind: "lost", isCarriedOut: true },
  json(200, "<html>502</html>"),
  json(502, '{"error":{"errorCode":"500","message":"Endpoint Error"}}'),
];

export interface DialectTrial {
  readonly submissions: number;
  readonly calls: number;
  readonly reads: number;
  readonly bound: number;
  /** More than one job for one submission. */
  readonly doubled: readonly string[];
  /** Bound to a job that is not its own. */
  readonly misbound: readonly string[];
  /** Settled without its job, though that exists, or not settled. */
  readonly untrue: readonly string[];
  /** How many need review, by the shown reason. */
  readonly left: Readonly<Record<string, number>>;
}

export interface DialectTrialOptions {
  readonly submissions: number;
  /** Foreign jobs in the account. */
  readonly olderJobs: number;
}

const memoOf = (index: number): string => `quarterly check number ${String(index).padStart(4, "0")}`;

/** One account of the dialect; the first call gets a plain response, all others unclear ones. */
export async function runDialectTrial(dialect: Dialect, options: DialectTrialOptions): Promise<DialectTrial> {
  const { submissions, olderJobs } = options;
  const gateway = await startDialectGateway(dialect, olderJobs);
  const bff = await startBff({
    upstreamUrl: gateway.origin,
    isMemoKept: false,
    environment: {
      WSC_SIGNATURE_VALIDITY_MS: "300",
      WSC_INDEX_LAG_MS: "300",
      WSC_RECONCILE_STEP_MS: "60",
      WSC_UPSTREAM_TIMEOUT_MS: "20000",
    },
  });
  const submit = async (index: number): Promise<string> => {
    const body = jobBody(`https://shop-${index}.example.com/`, { memo: memoOf(index) });
    const { status, json, text } = await bff.ask("POST", "/api/jobs", { body });
    if (status !== 202) throw new Error(`POST /api/jobs: ${status} ${text}`);
    return json.submission.id;
  };
  async function list(): Promise<Submission[]> {
    const shown: Submission[] = [];
    for (let page = 1, pageCount = 1; page <= pageCount; page += 1) {
      const { json } = await bff.ask("GET", `/api/submissions?limit=500&page=${page}`);
      shown.push(...json.submissions);
      pageCount = json.pageCount;
    }
    return shown;
  }
  const isAtRest = ({ state }: Submission): boolean => isSettled(state) || state === "NEEDS_REVIEW";
  /** Waits until each of `count` submissions is settled or needs review. */
  const allAtRest = (count: number): Promise<Submission[]> =>
    until(list, (shown) => shown.length === count && shown.every(isAtRest));
  try {
    await submit(0);
    await allAtRest(1);
    gateway.plan(Array.from({ length: submissions }, (_, index) => present(index)));
    for (let index = 1; index <= submissions; index += 1) await submit(index);
    const shown = await allAtRest(submissions + 1);
    return { ...judgeTrial(shown, gateway.created()), submissions, calls: gateway.creates(), reads: gateway.reads() };
  } finally {
    await bff.close();
    await gateway.close();
  }
}

const present = (index: number): CreateFate => unclearFates[index % unclearFates.length] as CreateFate;

function judgeTrial(
  shown: readonly Submission[],
  created: readonly { readonly memo: string; readonly id: string }[],
): Pick<DialectTrial, "bound" | "doubled" | "misbound" | "untrue" | "left"> {
  const [doubled, misbound, untrue]: [string[], string[], string[]] = [[], [], []];
  const left: Record<string, number> = {};
  let bound = 0;
  for (const { state, memo, instanceNo, reason } of shown) {
    const own = created.filter((job) => job.memo.includes(memo));
    if (own.length > 1) doubled.push(memo);
    if (state === "NEEDS_REVIEW") left[reason?.code ?? "none"] = (left[reason?.code ?? "none"] ?? 0) + 1;
    else if (state !== "BOUND") untrue.push(`${memo}: ${state} (${reason?.code})`);
    else if (own.some(({ id }) => id === instanceNo)) bound += 1;
    else misbound.push(`${memo}: ${instanceNo}`);
  }
  return { bound, doubled, misbound, untrue, left };
}
