import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  cancelJobRequest,
  createJobBody,
  createJobRequest,
  getJobsRequest,
  getReportRequest,
  searchJobsRequest,
  stopJobRequest,
} from "./operations.ts";

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8"));

describe("requests on the wire", () => {
  it("always sends limit and page", () => {
    expect(getJobsRequest({ limit: 10, page: 1 })).toMatchObject({
      method: "GET",
      pathAndQuery: "/api/v1/jobs?limit=10&page=1",
      body: null,
    });
  });

  it("searches as the sample does, with a JSON null for every status", () => {
    const request = searchJobsRequest({ searchBy: "memo", keyword: "#wsc-7f3a", statusCode: null, limit: 10, page: 1 });
    expect(request).toMatchObject({ method: "POST", pathAndQuery: "/api/v1/jobs/search" });
    expect(JSON.parse(request.body ?? "")).toEqual(fixture("searchJobs.request.json"));
    const byStatus = searchJobsRequest({ searchBy: null, keyword: "left over", statusCode: 3, limit: 10, page: 1 });
    expect(JSON.parse(byStatus.body ?? "")).toEqual(fixture("searchJobs.request-all.json"));
  });

  it("creates as the samples do", () => {
    const job = {
      startUrl: "https://shop.example.com/",
      excludeUrls: ["https://shop.example.com/logout", "https://shop.example.com/admin/"],
      items: ["XSS", "SSI Injection"],
      userAgent: "PC Chrome",
      speed: "1",
    } as const;
    const body = createJobBody(
      { ...job, excludeUrls: [...job.excludeUrls], items: [...job.items] },
      { Cookie: "SID=demo-only", Accept: "text/html" },
      "Q4 check #wsc-7f3a",
    );
    expect(body).toEqual(fixture("createJob.request.json"));
    expect(createJobRequest(body)).toMatchObject({ method: "PUT", pathAndQuery: "/api/v1/job" });
    const again = createJobBody(
      {
        startUrl: "https://www.example.com/",
        excludeUrls: [],
        items: ["ALL"],
        userAgent: "Android",
        speed: "2",
        rescanOf: "7000121",
      },
      null,
      "re-check #wsc-81bc",
    );
    expect(again).toEqual(fixture("createJob.request-rediagnosis.json"));
  });

  it("puts an id beyond 2^53 into the path exactly", () => {
    expect(cancelJobRequest("9007199254740993")).toMatchObject({
      method: "PATCH",
      pathAndQuery: "/api/v1/jobs/9007199254740993/cancel",
      body: null,
    });
    expect(stopJobRequest("9007199254740993").pathAndQuery).toBe("/api/v1/jobs/9007199254740993/stop");
    expect(getReportRequest("9007199254740993")).toMatchObject({
      method: "GET",
      pathAndQuery: "/api/v1/jobs/9007199254740993/report",
    });
  });

  it.each(["", "abc", "0", "05", "../../job", "1/2", "1%2f2", "1?x", "-1", "1.5", "１２", "1".repeat(21), "1\n"])(
    "never builds a path from %j",
    (id) => {
      for (const build of [cancelJobRequest, stopJobRequest, getReportRequest])
        expect(() => build(id)).toThrow(TypeError);
    },
  );
});
