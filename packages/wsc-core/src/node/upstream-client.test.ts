import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import {
  cancelJobRequest,
  createJobRequest,
  getJobsRequest,
  getReportRequest,
  searchJobsRequest,
} from "../upstream/operations.ts";
import type { UpstreamEvent } from "./exchange.ts";
import { createGatewayClock } from "./gateway-clock.ts";
import { Secret } from "./secret.ts";
import { createSigner } from "./signature.ts";
import { createSignedTransport } from "./signed-transport.ts";
import { loopbackCertificate } from "./testing/loopback-certificate.ts";
import { createUpstreamClient } from "./upstream-client.ts";
import { readRetryAfter, UpstreamError } from "./upstream-error.ts";

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;
const open: { server: Server; close: () => void }[] = [];
afterEach(() => {
  for (const { server, close } of open.splice(0)) {
    close();
    server.closeAllConnections();
    server.close();
  }
});

interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

async function start(
  handler: Handler,
  options: { timeoutMs?: number; now?: () => number; wait?: () => Promise<void> } = {},
) {
  const seen: Seen[] = [];
  const waits: number[] = [];
  const events: UpstreamEvent[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
      handler(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const clock = createGatewayClock(options.now ?? Date.now);
  const client = createUpstreamClient({
    transport: createSignedTransport({
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      sign: createSigner({ accessKey: new Secret("AK"), secretKey: new Secret("SK") }),
      clock,
      timeoutMs: options.timeoutMs ?? 60_000,
      ...(options.now === undefined ? {} : { localNow: options.now }),
    }),
    clock,
    deadlineMs: options.timeoutMs ?? 60_000,
    ...(options.now === undefined ? {} : { localNow: options.now }),
    random: () => 0.5,
    wait: async (ms) => {
      waits.push(ms);
      await options.wait?.();
    },
    onExchange: (event) => events.push(event),
  });
  open.push({ server, close: () => client.close() });
  return { client, clock, seen, waits, events, server };
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Handler =>
  (_, response) => {
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
  };
const success = json(200, { returnCode: "0", resources: { total_cnt: 0, record_data: [] } });
const list = getJobsRequest({ limit: 10, page: 1 });
const create = createJobRequest({ StartUrl: "https://shop.example.com/" });
const failure = async (call: Promise<unknown>): Promise<UpstreamError> => {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UpstreamError)) throw new Error("expected an UpstreamError");
  return error;
};

describe("a signed call", () => {
  it("has a signature that an independent HMAC confirms, and the body as JSON", async () => {
    const { client, seen } = await start(success);
    await client.call(searchJobsRequest({ searchBy: "memo", keyword: "키", statusCode: null, limit: 10, page: 1 }));
    const [request] = seen;
    const timestamp = String(request?.headers["x-ncp-apigw-timestamp"]);
    const expected = createHmac("sha256", "SK").update(`POST /api/v1/jobs/search\n${timestamp}\nAK`).digest("base64");
    expect(request?.headers["x-ncp-apigw-signature-v2"]).toBe(expected);
    expect(request?.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(request?.body ?? "")).toMatchObject({ searchKeyword: "키" });
  });

  it("has the content type also without a body", async () => {
    const { client, seen } = await start(success);
    await client.call(list);
    await client.call(cancelJobRequest("7"));
    expect(seen.map(({ headers }) => headers["content-type"])).toEqual(["application/json", "application/json"]);
  });

  it("reads an answer in an unrequested content coding, and refuses one that is too large when decoded", async () => {
    const answers = [
      gzipSync(JSON.stringify({ returnCode: "0", resources: { memo: "점검" } })),
      gzipSync(Buffer.alloc(25_000_000, " ")),
    ];
    const { client } = await start((_, response) =>
      response.writeHead(200, { "Content-Encoding": "gzip" }).end(answers.shift()),
    );
    expect(await client.call(list)).toMatchObject({ payload: { memo: "점검" } });
    expect((await failure(client.call(list))).code).toBe("UPSTREAM_UNREADABLE");
  });

  it("follows no redirect", async () => {
    const { client, seen } = await start((_, response) =>
      response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end(),
    );
    expect((await failure(client.call(list))).code).toBe("UPSTREAM_UNREADABLE");
    expect(seen).toHaveLength(1);
  });

  it("reports no secret in its events", async () => {
    const { client, events } = await start(success);
    await client.call(list);
    expect(Object.keys(events[0] ?? {}).sort()).toEqual([
      "attempt",
      "code",
      "durationMs",
      "httpStatus",
      "operation",
      "traceId",
    ]);
  });
});

describe("createJob", () => {
  const destroy: Handler = (request) => request.socket.destroy();
  it.each<[string, Handler, string]>([
    ["the connection is reset", destroy, "UPSTREAM_INTERRUPTED"],
    [
      "the answer stops half way",
      (_, response) => {
        response.writeHead(200, { "Content-Length": "100" });
        response.write("{");
        response.destroy();
      },
      "UPSTREAM_INTERRUPTED",
    ],
    ["the gateway says 503/500", json(503, { error: { errorCode: "500" } }), "500"],
    ["the gateway says 504/510", json(504, { error: { errorCode: "510" } }), "510"],
    [
      "the gateway throttles with Retry-After",
      json(429, { error: { errorCode: "410" } }, { "Retry-After": "0" }),
      "410",
    ],
    ["the service says 901", json(200, { error: { errorCode: 901 } }), "901"],
    ["a proxy answers in HTML", (_, response) => response.writeHead(502).end("<html>"), "UPSTREAM_UNREADABLE"],
    ["nothing comes", () => {}, "UPSTREAM_TIMEOUT"],
    ["the key is refused", json(401, { error: { errorCode: "200" } }), "200"],
    [
      "another system answers with a number of the gateway's",
      json(200, { code: 200, data: { instanceNo: 7 } }),
      "UPSTREAM_CODE_UNKNOWN",
    ],
    ["another system answers with a word of ours", json(500, { code: "INTERNAL_ERROR" }), "UPSTREAM_CODE_UNKNOWN"],
    ["a code nobody knows comes", json(200, { error: { errorCode: 160999, message: "new rule" } }), "160999"],
  ])("goes out once when %s", async (_, handler, code) => {
    const { client, seen } = await start(handler, { timeoutMs: code === "UPSTREAM_TIMEOUT" ? 300 : 60_000 });
    const error = await failure(client.call(create));
    expect(error.code).toBe(code);
    expect(error.facts.sent).toBe("maybe");
    expect(seen.filter(({ method }) => method === "PUT")).toHaveLength(1);
  });

  it("is reported as not sent when nothing listens", async () => {
    const { client, server } = await start(success);
    await new Promise((resolve) => server.close(resolve));
    expect((await failure(client.call(create))).facts.sent).toBe("no");
  });

  it("uses a connection of its own that is not kept alive", async () => {
    const { client, seen } = await start(success);
    await client.call(list);
    await client.call(create);
    expect(seen.map(({ headers }) => headers.connection)).toEqual(["keep-alive", "close"]);
  });
});

describe("a call that changes something", () => {
  it("opens exactly one connection, the checked one", async () => {
    const { client, server, seen } = await start((_, response) => void response.end('{"returnCode":"0"}'));
    let connections = 0;
    server.on("connection", () => {
      connections += 1;
    });
    await client.call(create, { signedAt: Date.now(), notAfter: Date.now() + 30_000 });
    expect(seen).toHaveLength(1);
    expect(connections).toBe(1);
  });

  it("sends nothing when its signature is too old", async () => {
    const { client, seen } = await start((_, response) => void response.end("{}"));
    const signedAt = Date.now() - 31_000;
    await expect(client.call(create, { signedAt, notAfter: signedAt + 30_000 })).rejects.toMatchObject({
      facts: { sent: "no" },
    });
    expect(seen).toEqual([]);
  });

  describe("over TLS", () => {
    const trusted = getCACertificates("default");
    afterEach(() => setDefaultCACertificates(trusted));

    async function startTls() {
      const seen: string[] = [];
      const server = createTlsServer(loopbackCertificate, (request, response) => {
        seen.push(request.method ?? "");
        response.end('{"returnCode":"0"}');
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const clock = createGatewayClock(Date.now);
      const client = createUpstreamClient({
        transport: createSignedTransport({
          origin: `https://localhost:${(server.address() as AddressInfo).port}`,
          sign: createSigner({ accessKey: new Secret("AK"), secretKey: new Secret("SK") }),
          clock,
          timeoutMs: 60_000,
        }),
        clock,
        deadlineMs: 2000,
      });
      open.push({ server, close: () => client.close() });
      return { client, seen };
    }

    it("reaches a gateway whose certificate is trusted, as reads do", async () => {
      setDefaultCACertificates([...trusted, loopbackCertificate.cert]);
      const { client, seen } = await startTls();
      await client.call(create);
      await client.call(list);
      expect(seen).toEqual(["PUT", "GET"]);
    });

    it("sends nothing to a gateway whose certificate is not trusted", async () => {
      const { client, seen } = await startTls();
      await expect(client.call(create)).rejects.toMatchObject({ facts: { sent: "no" } });
      expect(seen).toEqual([]);
    });
  });
});

describe("a failing upstream", () => {
  const page = (number: number) => getJobsRequest({ limit: 10, page: number });
  const fifty = Array.from({ length: 50 }, (_, index) => page(index + 1));

  it("is not called after five consecutive failures, tried once after five seconds, and called again when that succeeds", async () => {
    let now = Date.now();
    let isWell = false;
    const { client, seen } = await start(
      (request, response, body) =>
        (isWell ? success : json(503, { error: { errorCode: "500" } }))(request, response, body),
      { now: () => now },
    );
    for (const request of fifty) await failure(client.call(request));
    expect(seen).toHaveLength(5);
    expect(client.breakers()).toMatchObject({
      lists: { state: "open", code: "500" },
      reports: { state: "closed" },
      acts: { state: "closed" },
    });
    now += 6_000;
    await Promise.all(fifty.map((request) => failure(client.call(request))));
    expect(seen).toHaveLength(6);
    now += 6_000;
    isWell = true;
    await client.call(list);
    await Promise.all(fifty.slice(0, 10).map((request) => client.call(request)));
    expect(client.breakers().lists.state).toBe("closed");
  });

  it("does not block an urgent read or createJob", async () => {
    const { client, seen } = await start(json(503, { error: { errorCode: "500" } }));
    for (const request of fifty) await failure(client.call(request));
    const before = seen.length;
    await failure(client.call(list, { isUrgent: true }));
    await failure(client.call(create));
    expect(seen).toHaveLength(before + 2);
  });

  it("opens the breaker for unreadable answers, and not for a refused key or a service code", async () => {
    const refused = await start(json(401, { error: { errorCode: "200" } }));
    for (const request of fifty) await failure(refused.client.call(request));
    expect(refused.client.breakers().lists.state).toBe("closed");
    const unreadable = await start(success);
    for (const request of fifty) await failure(unreadable.client.call(request, { isReadable: () => false }));
    expect(unreadable.seen).toHaveLength(5);
  });

  it("keeps the breaker closed for reports of unknown numbers, whose answer is 901 as well", async () => {
    const { client } = await start(json(200, { error: { errorCode: 901 } }));
    for (let number = 1; number <= 20; number += 1) await failure(client.call(getReportRequest(String(number))));
    expect(client.breakers().reports.state).toBe("closed");
    for (const request of fifty) await failure(client.call(request));
    expect(client.breakers().lists.state).toBe("open");
  });

  it("is retried for at most a tenth of the calls", async () => {
    const calls = new Map<string, number>();
    const { client, seen } = await start((request, response, body) => {
      const times = (calls.get(request.url ?? "") ?? 0) + 1;
      calls.set(request.url ?? "", times);
      // Every call fails once, but never five in a row.
      (times === 1 && seen.length % 2 === 1 ? json(500, { error: { errorCode: "900" } }) : success)(
        request,
        response,
        body,
      );
    });
    for (let number = 1; number <= 200; number += 1) await client.call(page(number)).catch(() => {});
    expect(seen.length).toBeLessThanOrEqual(200 + 2 + 20);
  });

  it("that sends Retry-After is waited for by one of fifty callers, with at most four calls", async () => {
    let answered = 0;
    let endWait = (): void => {};
    const waited = new Promise<void>((resolve) => {
      endWait = resolve;
    });
    const { client, seen } = await start(
      (request, response, body) => {
        answered += 1;
        const busy = json(429, { error: { errorCode: "420" } }, { "Retry-After": "3" });
        (answered <= 4 ? busy : success)(request, response, body);
      },
      { wait: () => waited },
    );
    let refused = 0;
    const calls = fifty.map((request) =>
      client.call(request).catch(() => {
        refused += 1;
        if (refused === 49) endWait();
        throw new Error("refused");
      }),
    );
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(seen.length).toBeLessThanOrEqual(5);
  });

  it("queues at most fifty reads; the others fail at once", async () => {
    const { client } = await start(() => {}, { timeoutMs: 500 });
    const requests = Array.from({ length: 60 }, (_, index) => page(index + 1));
    const outcomes = await Promise.allSettled(requests.map((request) => client.call(request)));
    const codes = outcomes.map((outcome) => (outcome.status === "rejected" ? outcome.reason.code : "fulfilled"));
    expect(codes.filter((code) => code === "SERVER_BUSY").length).toBeGreaterThanOrEqual(6);
    expect(codes).not.toContain("fulfilled");
  });
});

describe("a read", () => {
  it.each<[string, Handler, number]>([
    ["503", json(503, { error: { errorCode: "500" } }), 3],
    ["a throttle", json(429, { error: { errorCode: "410" } }), 3],
    ["901", json(200, { error: { errorCode: 901 } }), 3],
    ["a refused key", json(401, { error: { errorCode: "200" } }), 1],
    ["a missing permission", json(401, { error: { errorCode: "210" } }), 1],
    ["a spent quota", json(429, { error: { errorCode: "400" } }), 1],
    ["HTML", (_, response) => response.end("<html>"), 1],
    ["a code nobody knows", json(200, { error: { errorCode: 160999 } }), 1],
  ])("that meets %s is tried %i times in all", async (_, handler, times) => {
    const { client, seen } = await start(handler);
    await failure(client.call(list));
    expect(seen).toHaveLength(times);
  });

  it.each([
    ["502", 502, "<html>Bad Gateway</html>"],
    ["an answer that cannot be read", 200, '{"returnCode":"0","resou'],
  ])("is not sent again on the connection that answered with %s", async (_, status, body) => {
    let sick: unknown = null;
    const { client } = await start((request, response, text) => {
      sick ??= request.socket;
      if (sick === request.socket) response.writeHead(status).end(body);
      else success(request, response, text);
    });
    // An unreadable answer is not asked for again within a call.
    await client.call(list).catch(() => null);
    expect(await client.call(list)).toMatchObject({ recognised: true });
  });

  it("waits as long as the upstream asks", async () => {
    let calls = 0;
    let time = Date.parse("2026-11-20T00:00:00Z");
    const handle: Handler = (request, response, body) => {
      calls += 1;
      (calls === 1 ? json(429, { error: { errorCode: "410" } }, { "Retry-After": "1" }) : success)(
        request,
        response,
        body,
      );
    };
    const wait = async (): Promise<void> => {
      time += 2_000;
    };
    const { client, waits } = await start(handle, { now: () => time, wait });
    await client.call(list);
    expect(Math.max(...waits)).toBeGreaterThanOrEqual(1_000);
  });

  it("fails at once when the wait exceeds the deadline, and nothing is sent before its end", async () => {
    const { client, seen } = await start(json(429, { error: { errorCode: "420" } }, { "Retry-After": "60" }));
    const first = await failure(client.call(list));
    expect(first.details.retryAfter).toBe(60);
    expect((await failure(client.call(list))).code).toBe("420");
    expect(seen).toHaveLength(1);
  });

  it("fails at its deadline without an answer", async () => {
    const { client, seen } = await start(() => {}, { timeoutMs: 200 });
    expect((await failure(client.call(list))).code).toBe("UPSTREAM_TIMEOUT");
    expect(seen).toHaveLength(1);
  });

  it("is signed with the upstream's time after one refusal", async () => {
    const hour = 3_600_000;
    const time = Date.parse("2026-11-20T00:00:00Z");
    const handle: Handler = (request, response, body) => {
      const late = Math.abs(time + hour - Number(request.headers["x-ncp-apigw-timestamp"])) >= 300_000;
      const date = { Date: new Date(time + hour).toUTCString() };
      (late ? json(401, { error: { errorCode: "200" } }, date) : json(200, { returnCode: "0", resources: {} }, date))(
        request,
        response,
        body,
      );
    };
    const { client, clock, seen } = await start(handle, { now: () => time });
    await client.call(list);
    expect(seen).toHaveLength(2);
    // The gateway reports its time in whole seconds.
    expect(Math.abs(clock.offsetMs - hour)).toBeLessThanOrEqual(1_000);
    await client.call(create);
    expect(seen).toHaveLength(3);
  });

  it("stops reading an endless answer", async () => {
    const { client } = await start(
      (_, response) => {
        const pour = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(1_000_000, 32)));
        };
        response.on("drain", pour);
        pour();
      },
      { timeoutMs: 60_000 },
    );
    expect((await failure(client.call(list))).code).toBe("UPSTREAM_UNREADABLE");
  });
});

describe("Retry-After", () => {
  const now = Date.parse("2026-11-21T00:00:00Z");
  it.each<[string | undefined, number | null]>([
    ["3", 3000],
    ["0", 1000],
    ["99999", 900_000],
    ["Sat, 21 Nov 2026 00:00:10 GMT", 10_000],
    ["Sat, 21 Nov 2020 00:00:10 GMT", 1000],
    ["Sat, 21 Nov 2027 00:00:10 GMT", 900_000],
    ["Saturday, 21-Nov-26 00:00:10 GMT", 10_000],
    ["Sat Nov 21 00:00:10 2026", 10_000],
    ["2026-11-21T09:00:10+09:00", 10_000],
    ["1.5", 1500],
    ["999999999999", 900_000],
    ["5, 10", null],
    ["1,5", null],
    ["21 Nov 2026 00:00:10", null],
    ["Sat, 21 Nov 2026 00:00:10 +0900", null],
    ["-5", null],
    ["soon", null],
    ["1.5e9", null],
    ["", null],
    [undefined, null],
  ])("%j means %j ms", (header, ms) => {
    expect(readRetryAfter(header, now)).toBe(ms);
  });
});

describe("the gateway's clock", () => {
  const at = Date.parse("2026-11-21T00:00:00Z");
  const clockAfter = (date: string | undefined, sentAt = at, receivedAt = at, cached = false): number => {
    const clock = createGatewayClock(() => at);
    // Sent twice: one response alone never moves the clock.
    for (let answer = 0; answer < 2; answer += 1)
      clock.observe({ date, sentAt, receivedAt, isCached: cached, acceptedSignatureAt: null, isAboutSignature: true });
    return clock.offsetMs;
  };
  const told = (
    clock: ReturnType<typeof createGatewayClock>,
    ms: number,
    acceptedSignatureAt: number | null = null,
    isAboutSignature = true,
  ) =>
    clock.observe({
      date: new Date(at + ms).toUTCString(),
      ...{ sentAt: at, receivedAt: at, isCached: false, acceptedSignatureAt, isAboutSignature },
    });
  const hour = 3_600_000;

  it("is not learned from a time without its zone, or that is none", () => {
    for (const date of ["21 Nov 2026 03:00:00", "Sat, 21 Nov 2026 03:00:00", "5, 10", "3", ""]) {
      expect(clockAfter(date), date).toBe(0);
    }
    expect(clockAfter("Sat Nov 21 03:00:00 2026")).toBe(3 * hour + 500);
  });

  it("does not change for one answer, nor for two that disagree", () => {
    const clock = createGatewayClock(() => at);
    told(clock, -3 * hour);
    expect(clock).toMatchObject({ offsetMs: 0, isKnown: false, suspectedOffsetMs: -3 * hour + 500 });
    told(clock, 3 * hour);
    expect(clock).toMatchObject({ offsetMs: 0, isKnown: false });
    told(clock, 0);
    expect(clock).toMatchObject({ offsetMs: 0, isKnown: true, suspectedOffsetMs: null });
    told(clock, -3 * hour);
    expect(clock).toMatchObject({ offsetMs: 0, isKnown: true });
    told(clock, -3 * hour + 2_000);
    expect(clock.offsetMs).toBe(-3 * hour + 2_500);
  });

  it("does not change for a time at which the gateway would have refused the request, however often it is told", () => {
    const clock = createGatewayClock(() => at);
    told(clock, 0, at);
    for (let answer = 0; answer < 20; answer += 1) told(clock, 3 * hour, at);
    expect(clock).toMatchObject({ offsetMs: 0, isKnown: true, suspectedOffsetMs: null });
    told(clock, 4 * 60_000, at);
    told(clock, 4 * 60_000, at);
    expect(clock.offsetMs).toBe(4 * 60_000 + 500);
    told(clock, 3 * hour);
    told(clock, 3 * hour);
    expect(clock.offsetMs).toBe(3 * hour + 500);
  });

  it("is untried after a move, until the gateway has accepted a signature by the new time", () => {
    const clock = createGatewayClock(() => at);
    told(clock, 0);
    expect(clock.isUntried).toBe(false);
    told(clock, 3 * hour);
    told(clock, 3 * hour);
    expect(clock.isUntried).toBe(true);
    // Signed before the move.
    told(clock, 0, at);
    expect(clock.isUntried).toBe(true);
    told(clock, 3 * hour, at + 3 * hour);
    expect(clock.isUntried).toBe(false);
  });

  it.each([
    ["a success", { returnCode: "0", resources: {} }],
    // The service sees no call that the gateway refused.
    ["a refusal of the service", { returnCode: "160431", returnMessage: "Param Check Error" }],
    ["a throttled call", { error: { errorCode: "410" } }, 429],
    ["a failed endpoint", { error: { errorCode: "500" } }, 503],
  ])(
    "stays when one connection repeats a wrong time and no signature is refused: %s",
    async (_, answer, status = 200) => {
      let isWrong = false;
      const { client, clock } = await start((request, response, body) => {
        const date = { Date: new Date(Date.now() + (isWrong ? 3 * hour : 0)).toUTCString() };
        const accepted = { returnCode: "0", resources: {} };
        json(isWrong ? status : 200, isWrong ? answer : accepted, date)(request, response, body);
      });
      await client.call(list);
      isWrong = true;
      for (let call = 0; call < 3; call += 1) await client.call(list).catch(() => {});
      expect(clock).toMatchObject({ offsetMs: 0, isKnown: true, suspectedOffsetMs: null });
    },
  );

  it("is not learned from answers that say nothing about the signature, but confirmed by them", () => {
    const clock = createGatewayClock(() => at);
    const throttle = (offset: number): void => told(clock, offset, null, false);
    throttle(3 * hour);
    throttle(3 * hour);
    expect(clock).toMatchObject({ offsetMs: 0, isKnown: false });
    told(clock, 3 * hour);
    told(clock, 3 * hour);
    told(clock, 0);
    const { confirmations } = clock;
    throttle(3 * hour);
    expect(clock).toMatchObject({
      offsetMs: 3 * hour + 500,
      suspectedOffsetMs: null,
      confirmations: confirmations + 1,
    });
    told(clock, -hour);
    throttle(-hour);
    expect(clock).toMatchObject({ offsetMs: -hour + 500, isKnown: true });
  });

  it("discards one answer's time after a jump of the local clock", () => {
    const clock = createGatewayClock(() => at);
    told(clock, 3 * hour);
    clock.forget();
    told(clock, 3 * hour);
    expect(clock).toMatchObject({ offsetMs: 0, isKnown: false });
  });

  it("ignores answers that are not the gateway's own", async () => {
    const wrong = { Date: new Date(Date.now() - 3 * hour).toUTCString() };
    const { client, clock } = await start((_, response) => {
      response.writeHead(502, { "Content-Type": "text/html", ...wrong }).end("<html>");
    });
    for (let call = 0; call < 3; call += 1) await failure(client.call(list));
    expect(clock).toMatchObject({ offsetMs: 0, isKnown: false, suspectedOffsetMs: null });
  });

  it("changes when the difference is more than half a minute", () => {
    expect(clockAfter("Sat, 21 Nov 2026 01:00:00 GMT")).toBe(3_600_500);
    expect(clockAfter("Fri, 20 Nov 2026 23:00:00 GMT")).toBe(-3_599_500);
  });

  it.each<[string, Parameters<typeof clockAfter>]>([
    ["a small difference", ["Sat, 21 Nov 2026 00:00:20 GMT"]],
    ["a slow answer", ["Sat, 21 Nov 2026 01:00:00 GMT", at, at + 6000]],
    ["a cached answer", ["Sat, 21 Nov 2026 01:00:00 GMT", at, at, true]],
    ["no date", [undefined]],
    ["nonsense", ["tomorrow"]],
    ["a difference of days", ["Sun, 29 Nov 2026 00:00:00 GMT"]],
  ])("does not move for %s", (_, args) => {
    expect(clockAfter(...args)).toBe(0);
  });
});
