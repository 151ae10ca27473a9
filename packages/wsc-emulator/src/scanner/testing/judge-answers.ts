import type { Check, Judgement, ProbeExchange } from "../checks/check.ts";

export interface GivenAnswer {
  body: string;
  headers?: Record<string, string>;
  status?: number;
}

/** Runs one check against a site given as a function from the parameter's value to the response. */
export function judgeAnswers(
  check: Check,
  answer: (value: string) => GivenAnswer | null,
): Judgement & { sent: number } {
  const url = new URL("http://127.0.0.1/page?q=usual");
  const entry = {
    method: "GET",
    url: "http://127.0.0.1/page",
    query: [{ name: "q", value: "usual" }],
    body: null,
  } as const;
  const exchanges: ProbeExchange[] = [];
  for (const probe of check.probesFor({ entry, parameter: "q", part: "query", usualValue: "usual" })) {
    const given = answer(probe.value);
    const page = given && {
      status: given.status ?? 200,
      statusText: "",
      headers: new Headers({ "content-type": "text/html", ...given.headers }),
      body: given.body,
    };
    exchanges.push({ probe, request: { method: "GET", url }, page });
    const judgement = check.judge(exchanges);
    if (judgement.kind !== "undecided") return { ...judgement, sent: exchanges.length };
  }
  return { kind: "clean", sent: exchanges.length };
}
