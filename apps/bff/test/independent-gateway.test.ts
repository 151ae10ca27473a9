import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessKey, type Bff, jobBody, secretKey, startBff, until } from "./start-bff.ts";

/** A gateway written from the contract alone, without code of ours: bare pages, 4xx for service errors, no id on create. */
interface Seen {
  line: string;
  problems: string[];
}
const seen: Seen[] = [];
let jobs: Record<string, unknown>[] = [];
let gateway: Server;
let bff: Bff;

function check(method: string, url: string, headers: Record<string, string | string[] | undefined>): string[] {
  const timestamp = String(headers["x-ncp-apigw-timestamp"]);
  const expected = createHmac("sha256", secretKey)
    .update(`${method} ${url}\n${timestamp}\n${accessKey}`)
    .digest("base64");
  return [
    ...(headers["x-ncp-apigw-signature-v2"] === expected ? [] : ["signature"]),
    ...(headers["x-ncp-iam-access-key"] === accessKey ? [] : ["access key"]),
    ...(Math.abs(Date.now() - Number(timestamp)) < 60_000 ? [] : ["timestamp"]),
    ...(headers["content-type"] === "application/json" ? [] : ["content type"]),
  ];
}

beforeAll(async () => {
  gateway = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      const { method = "", url = "" } = request;
      seen.push({ line: `${method} ${url}`, problems: check(method, url, request.headers) });
      const say = (status: number, body: string): void =>
        void response.writeHead(status, { "Content-Type": "application/json" }).end(body);
      const page = (rows: unknown[]): string =>
        // The id is written as a bare number beyond 2^53.
        JSON.stringify({
          total_cnt: rows.length,
          total_page_cnt: 1,
          current_start_page: 1,
          current_end_page: 1,
          record_data: rows,
        }).replaceAll('"9007199254740993"', "9007199254740993");
      if (method === "GET" && url.startsWith("/api/v1/jobs?")) say(200, page(jobs));
      else if (method === "POST" && url === "/api/v1/jobs/search")
        say(200, page(jobs.filter(({ memo }) => String(memo).includes(JSON.parse(text).searchKeyword))));
      else if (method === "PUT" && url === "/api/v1/job") {
        const body = JSON.parse(text);
        jobs = [
          {
            instanceNo: "9007199254740993",
            start_url: body.StartUrl,
            memo: body.Memo,
            status: "Pending",
            start_date: "2026/11/20 10:00:00",
            end_date: null,
            crawl_cnt: 0,
            scan_cnt: 0,
            result_button: "cancel",
          },
        ];
        say(200, '{"returnCode":"0","returnDesc":"Request Success","returnMessage":"Success","resources":null}');
      } else if (method === "PATCH" && url === "/api/v1/jobs/9007199254740993/cancel") {
        jobs = jobs.map((job) => ({ ...job, status: "Cancelled", result_button: "" }));
        say(200, '{"returnCode":"0","returnDesc":"Request Success","returnMessage":"Success","resources":null}');
      } else say(404, '{"error":{"errorCode":"300","message":"Not Found Exception","details":"URL not found."}}');
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
  bff = await startBff({ upstreamUrl: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}` });
});
afterAll(async () => {
  await bff.close();
  gateway.closeAllConnections();
  gateway.close();
});

it("an independent implementation of the contract accepts the six requests and their signatures", async () => {
  expect((await bff.ask("GET", "/api/jobs")).json).toMatchObject({ total: 0, jobs: [] });
  const { json } = await bff.ask("POST", "/api/jobs", {
    body: jobBody("https://shop.example.com/", { memo: "다른 게이트웨이" }),
  });
  const submission = await until(
    async () => (await bff.ask("GET", `/api/submissions/${json.submission.id}`)).json.submission,
    ({ state }) => state === "BOUND",
  );
  expect(submission.instanceNo).toBe("9007199254740993");
  expect((await bff.ask("GET", "/api/jobs/9007199254740993")).json.job).toMatchObject({
    memo: "다른 게이트웨이",
    capabilities: { cancel: true },
  });
  expect((await bff.ask("POST", "/api/jobs/9007199254740993/cancel")).json.job.status.phase).toBe("cancelled");
  expect((await bff.ask("GET", "/api/jobs/9007199254740993/report")).status).toBe(409);

  const documented =
    /^(GET \/api\/v1\/jobs\?limit=\d+&page=\d+|POST \/api\/v1\/jobs\/search|PUT \/api\/v1\/job|PATCH \/api\/v1\/jobs\/\d+\/(cancel|stop)|GET \/api\/v1\/jobs\/\d+\/report)$/;
  expect(seen.filter(({ line }) => !documented.test(line))).toEqual([]);
  expect(seen.filter(({ problems }) => problems.length > 0)).toEqual([]);
  expect(seen.filter(({ line }) => line.startsWith("PUT"))).toHaveLength(1);
});
