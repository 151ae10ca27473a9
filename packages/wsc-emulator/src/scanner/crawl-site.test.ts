import { describe, expect, it } from "vitest";
import { TargetUnreachable } from "./target-unreachable.ts";
import { scanRequest, testScanner } from "./testing/scan-request.ts";
import { pagesAnswer, sendHtml, startRecordingSite } from "./testing/start-recording-site.ts";

async function crawlPaths(origin: string, changes = {}, limits = {}): Promise<string[]> {
  const result = await testScanner(limits).crawl(scanRequest(`${origin}/`, changes), () => {});
  return result.pages.map(({ url }) => url.slice(origin.length));
}

describe("a crawl", () => {
  it("is breadth-first and reports each page once, in order", async () => {
    const site = await startRecordingSite(
      pagesAnswer({
        "/": `<a href="/a">a</a><a href="/b">b</a><a href="/">home</a>`,
        "/a": `<a href="/a/deep">deep</a><a href="/b">b</a>`,
        "/b": `<a href="/#top">home</a>`,
        "/a/deep": "",
      }),
    );
    const counts: number[] = [];
    const result = await testScanner().crawl(scanRequest(`${site.origin}/`), (count) => counts.push(count));
    expect(site.paths()).toEqual(["/", "/a", "/b", "/a/deep"]);
    expect(result.pages.map(({ url }) => url)).toEqual(site.requests.map(({ url }) => url.href));
    expect(counts).toEqual([1, 2, 3, 4]);
    expect(result.scannedDomains).toEqual([new URL(site.origin).host]);
    expect(result.notScannedDomains).toEqual([]);
  });

  it("submits GET forms with default values and never a POST form", async () => {
    const site = await startRecordingSite(
      pagesAnswer({
        "/": `<form action="/find"><input name="q" value="boat"></form><form method="post" action="/buy"><input name="n"></form>`,
        "/find": `<a href="/found">found</a>`,
        "/found": "",
      }),
    );
    const { pages } = await testScanner().crawl(scanRequest(`${site.origin}/`), () => {});
    expect(site.paths()).toEqual(["/", "/find?q=boat", "/found"]);
    expect(pages[0]?.forms).toHaveLength(2);
  });

  it("requests a URL once for any order of its parameters", async () => {
    const site = await startRecordingSite(
      pagesAnswer({ "/": `<a href="/p?a=1&b=2"></a><a href="/p?b=2&a=1"></a>`, "/p": "" }),
    );
    expect(await crawlPaths(site.origin)).toEqual(["/", "/p?a=1&b=2"]);
  });

  it("reads no links out of what is not HTML", async () => {
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname === "/") sendHtml(response, `<a href="/text"></a><a href="/json"></a><a href="/file"></a>`);
      else if (url.pathname === "/text")
        response.writeHead(200, { "content-type": "text/plain" }).end(`<a href="/no">`);
      else if (url.pathname === "/json")
        response.writeHead(200, { "content-type": "application/json" }).end(`"<a href='/no'>"`);
      else
        response
          .writeHead(200, { "content-type": "text/html", "content-disposition": "attachment" })
          .end(`<a href="/no">`);
    });
    expect(await crawlPaths(site.origin)).toEqual(["/", "/text", "/json", "/file"]);
  });

  it.each([
    ["euc-kr", "text/html; charset=EUC-KR", Buffer.from([0xb0, 0xa1])],
    ["shift_jis by meta", "text/html", Buffer.from([0x8a, 0x6f])],
  ])("reads pages in %s", async (_, type, word) => {
    const expected = type.includes("EUC") ? "가" : "覚";
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname !== "/") return response.writeHead(404).end();
      const meta = type.includes("charset") ? "" : `<meta charset="shift_jis">`;
      response.writeHead(200, { "content-type": type });
      return response.end(Buffer.concat([Buffer.from(`${meta}<a href="/`), word, Buffer.from(`">x</a>`)]));
    });
    expect((await crawlPaths(site.origin)).map(decodeURI)).toEqual(["/", `/${expected}`]);
  });
});

describe("a crawl does not request", () => {
  it("every excluded URL and what lies below", async () => {
    const site = await startRecordingSite(
      pagesAnswer({
        "/": `<a href="/admin">1</a><a href="/admin/users">2</a><a href="/administrator">3</a><a href="/x?del=1">4</a><a href="/x">5</a>
          <form action="/admin/find"><input name="q"></form><a href="/to-admin">6</a>`,
        "/administrator": "",
        "/x": "",
      }),
    );
    await crawlPaths(site.origin, { excludeUrls: [`${site.origin}/admin`, `${site.origin}/x?del=1`] });
    expect(site.paths()).toEqual(["/", "/administrator", "/x", "/to-admin"]);
  });

  it("an excluded URL even when a redirect leads there", async () => {
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname === "/") sendHtml(response, `<a href="/go">go</a>`);
      else response.writeHead(302, { location: "/admin/logout" }).end();
    });
    await crawlPaths(site.origin, { excludeUrls: [`${site.origin}/admin`] });
    expect(site.paths()).toEqual(["/", "/go"]);
  });

  it("other origins, and lists them", async () => {
    const other = await startRecordingSite(pagesAnswer({ "/": "" }));
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname === "/go") response.writeHead(302, { location: `${other.origin}/` }).end();
      else {
        sendHtml(
          response,
          `<a href="${other.origin}/a"></a><a href="//elsewhere.test/"></a><iframe src="https://frame.test/"></iframe>
           <a href="/go"></a><form method="post" action="https://pay.test/"></form><a href="mailto:a@mail.test"></a>`,
        );
      }
    });
    const result = await testScanner().crawl(scanRequest(`${site.origin}/`, { isHostAllowed: () => true }), () => {});
    expect(other.requests).toEqual([]);
    expect(result.scannedDomains).toEqual([new URL(site.origin).host]);
    expect(result.notScannedDomains.toSorted()).toEqual(
      [new URL(other.origin).host, "elsewhere.test", "frame.test", "pay.test"].toSorted(),
    );
  });

  it("a host that is no longer allowed", async () => {
    const site = await startRecordingSite(pagesAnswer({ "/": `<a href="/a">`, "/a": `<a href="/b">`, "/b": "" }));
    let asked = 0;
    await crawlPaths(site.origin, {
      isHostAllowed: (host: string) => {
        expect(host).toBe("127.0.0.1");
        asked += 1;
        return asked <= 2;
      },
    });
    expect(site.paths()).toEqual(["/", "/a"]);
  });
});

describe("a crawl ends", () => {
  it("in a calendar of queries", async () => {
    const site = await startRecordingSite(({ url }, response) => {
      const month = Number(url.searchParams.get("month") ?? 0);
      sendHtml(
        response,
        `<a href="/calendar?month=${month + 1}">next</a><a href="/calendar?month=${month - 1}">previous</a>`,
      );
    });
    const paths = await crawlPaths(site.origin, {}, { maxDepth: 1_000, maxVariantsCrawled: 7 });
    expect(paths).toHaveLength(1 + 7);
  });

  it("in a calendar of paths", async () => {
    const site = await startRecordingSite(({ url }, response) => {
      const month = Number(/\d+/.exec(url.pathname)?.[0] ?? 0);
      sendHtml(response, `<a href="/calendar/${month + 1}/view">next</a>`);
    });
    const paths = await crawlPaths(site.origin, {}, { maxDepth: 1_000, maxNumberedPaths: 9 });
    expect(paths).toHaveLength(1 + 9);
  });

  it("in relative links that grow for ever", async () => {
    const site = await startRecordingSite((_, response) => sendHtml(response, `<a href="more/">more</a>`));
    expect(await crawlPaths(site.origin, {}, { maxDepth: 4 })).toHaveLength(5);
  });

  it("at the limit of pages", async () => {
    const words = "abcdefghijklmnopqrstuvwxyz".split("");
    const site = await startRecordingSite(({ url }, response) =>
      sendHtml(response, words.map((word) => `<a href="${url.pathname}${word}">x</a>`).join("")),
    );
    expect(await crawlPaths(site.origin, {}, { maxPages: 40 })).toHaveLength(40);
    expect(site.requests).toHaveLength(40);
  });

  it("in a ring of redirects", async () => {
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname === "/") sendHtml(response, `<a href="/a">a</a>`);
      else response.writeHead(302, { location: url.pathname === "/a" ? "/b" : "/a" }).end();
    });
    expect(await crawlPaths(site.origin)).toEqual(["/", "/a", "/b"]);
  });

  it("soon after its signal, in the middle of an answer", async () => {
    const controller = new AbortController();
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname === "/") return sendHtml(response, `<a href="/a"></a><a href="/b"></a><a href="/c"></a>`);
      if (url.pathname === "/b") {
        response.writeHead(200, { "content-type": "text/html" }).write("never finished");
        return controller.abort(new Error("stopped by a person"));
      }
      return sendHtml(response, "");
    });
    const crawl = crawlPaths(site.origin, { signal: controller.signal }, { requestTimeoutMs: 3_600_000 });
    await expect(crawl).rejects.toThrow("stopped by a person");
    expect(site.paths()).toEqual(["/", "/a", "/b"]);
  });

  it("soon after its signal, in the pause between two requests", async () => {
    const controller = new AbortController();
    const site = await startRecordingSite(pagesAnswer({ "/": `<a href="/a">`, "/a": "" }));
    const crawl = testScanner({ pauseMs: { "1": 3_600_000, "2": 0, "3": 0 } }).crawl(
      scanRequest(`${site.origin}/`, { signal: controller.signal }),
      () => setImmediate(() => controller.abort(new Error("stopped by a person"))),
    );
    await expect(crawl).rejects.toThrow("stopped by a person");
    expect(site.paths()).toEqual(["/"]);
  });

  it("before its first request when it is stopped already", async () => {
    const site = await startRecordingSite(pagesAnswer({ "/": "" }));
    await expect(crawlPaths(site.origin, { signal: AbortSignal.abort(new Error("too late")) })).rejects.toThrow(
      "too late",
    );
    expect(site.requests).toEqual([]);
  });
});

describe("limits of one request", () => {
  it("reads a page of more than the size limit up to the limit and goes on", async () => {
    const filler = "x".repeat(64 * 1024);
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname !== "/") return sendHtml(response, "");
      response.writeHead(200, { "content-type": "text/html" });
      response.write(`<a href="/early">early</a>`);
      for (let size = 0; size < 3 * 1024 * 1024; size += filler.length) response.write(filler);
      return response.end(`<a href="/late">late</a>`);
    });
    expect(await crawlPaths(site.origin)).toEqual(["/", "/early"]);
  });

  it("reads a page that streams for ever up to the limit and goes on", async () => {
    const filler = "x".repeat(64 * 1024);
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname !== "/") return sendHtml(response, "");
      response.writeHead(200, { "content-type": "text/html" }).write(`<a href="/early">early</a>`);
      const pour = () => {
        while (!response.destroyed && response.write(filler));
      };
      response.on("drain", pour);
      return pour();
    });
    expect(await crawlPaths(site.origin, {}, { requestTimeoutMs: 3_600_000 })).toEqual(["/", "/early"]);
  });

  it("retries once when a connection breaks", async () => {
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname === "/") sendHtml(response, `<a href="/shaky"></a><a href="/good"></a>`);
      else if (url.pathname === "/shaky" && site.paths().filter((path) => path === "/shaky").length === 1)
        response.destroy();
      else sendHtml(response, "");
    });
    expect(await crawlPaths(site.origin)).toEqual(["/", "/shaky", "/good"]);
  });

  it("gives up a page that never ends and continues", async () => {
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname === "/") sendHtml(response, `<a href="/silent"></a><a href="/trickle"></a><a href="/good"></a>`);
      else if (url.pathname === "/trickle") response.writeHead(200, { "content-type": "text/html" }).write("half");
      else if (url.pathname === "/good") sendHtml(response, "");
    });
    expect(await crawlPaths(site.origin, {}, { requestTimeoutMs: 150 })).toEqual(["/", "/good"]);
    expect(site.paths()).toEqual(["/", "/silent", "/trickle", "/good"]);
  });

  it("pauses between two requests according to the speed", async () => {
    const site = await startRecordingSite(
      pagesAnswer({ "/": `<a href="/a"></a><a href="/b"></a>`, "/a": "", "/b": "" }),
    );
    const anHour = 3_600_000;
    const before = performance.now();
    await crawlPaths(site.origin, { speed: "2" }, { pauseMs: { "1": anHour, "2": 60, "3": 0 } });
    expect(performance.now() - before).toBeGreaterThanOrEqual(2 * 59);
    await crawlPaths(site.origin, { speed: "3" }, { pauseMs: { "1": anHour, "2": anHour, "3": 0 } });
    expect(site.requests).toHaveLength(6);
  });
});

describe("what is sent", () => {
  it("has the person's headers and the chosen user agent in every request", async () => {
    const site = await startRecordingSite(pagesAnswer({ "/": `<a href="/a">`, "/a": "" }));
    await crawlPaths(site.origin, { headers: { Cookie: "SID=demo-only", "X-Area": "blue" }, userAgent: "iPhone" });
    expect(site.requests).toHaveLength(2);
    for (const { headers } of site.requests) {
      expect(headers).toMatchObject({ cookie: "SID=demo-only", "x-area": "blue" });
      expect(headers["user-agent"]).toContain("iPhone");
    }
  });

  it("cannot be redirected or broken by a header", async () => {
    const site = await startRecordingSite(pagesAnswer({ "/": "" }));
    await crawlPaths(site.origin, {
      headers: {
        Host: "internal.test",
        "Content-Length": "7",
        "Transfer-Encoding": "chunked",
        Expect: "100-continue",
        Upgrade: "h2c",
        "bad name": "x",
        Bad: "a\r\nb: c",
        Good: "1",
      },
    });
    expect(site.requests[0]?.headers).toMatchObject({ host: new URL(site.origin).host, good: "1" });
    expect(site.requests[0]?.headers).not.toHaveProperty("b");
  });

  it("never has a user name or password in the address", async () => {
    const site = await startRecordingSite(pagesAnswer({ "/": "" }));
    const result = await testScanner().crawl(scanRequest(site.origin.replace("//", "//user:pass@")), () => {});
    expect(result.pages.map(({ url }) => url)).toEqual([`${site.origin}/`]);
  });
});

describe("a target that cannot be scanned", () => {
  it.each([
    ["answers 500", 500, {}],
    ["answers 503", 503, {}],
    ["sends the browser to another origin", 302, { location: "http://127.0.0.1:1/" }],
  ])("is reported when the start page %s", async (_, status, headers) => {
    const site = await startRecordingSite((__, response) => response.writeHead(status, headers).end());
    await expect(crawlPaths(site.origin)).rejects.toThrow(TargetUnreachable);
    expect(site.requests).toHaveLength(1);
  });

  it("is reported when the page behind the start's redirect fails", async () => {
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname === "/") response.writeHead(302, { location: "/home" }).end();
      else response.writeHead(500).end();
    });
    await expect(crawlPaths(site.origin)).rejects.toThrow(TargetUnreachable);
  });

  it("is reported when nothing listens", async () => {
    await expect(crawlPaths("http://127.0.0.1:1")).rejects.toThrow(TargetUnreachable);
  });

  it("is reported when its host is not allowed, without a request", async () => {
    const site = await startRecordingSite(pagesAnswer({ "/": "" }));
    await expect(crawlPaths(site.origin, { isHostAllowed: () => false })).rejects.toThrow(TargetUnreachable);
    expect(site.requests).toEqual([]);
  });

  it("is reported when its start page is excluded, without a request", async () => {
    const site = await startRecordingSite(pagesAnswer({ "/": "" }));
    await expect(crawlPaths(site.origin, { excludeUrls: [site.origin] })).rejects.toThrow(TargetUnreachable);
    expect(site.requests).toEqual([]);
  });

  it.each(["ftp://127.0.0.1/", "not a url", "javascript:1", ""])(
    "is reported for the start URL %j",
    async (startUrl) => {
      await expect(testScanner().crawl(scanRequest(startUrl), () => {})).rejects.toThrow(TargetUnreachable);
    },
  );

  it("is reported when it fails during the scan", async () => {
    const links = "abcdefgh".split("").map((word) => `<a href="/${word}">x</a>`);
    let isDead = false;
    const site = await startRecordingSite(({ url }, response) => {
      isDead ||= url.pathname === "/b";
      if (isDead) response.destroy();
      else sendHtml(response, links.join(""));
    });
    await expect(crawlPaths(site.origin, {}, { maxSilentRequests: 3 })).rejects.toThrow(TargetUnreachable);
  });

  it("is not given up because of one failing part", async () => {
    const links = "abcdefgh".split("").map((word) => `<a href="/dead/${word}">x</a>`);
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname.startsWith("/dead")) response.destroy();
      else sendHtml(response, `${links.join("")}<a href="/last">x</a>`);
    });
    expect(await crawlPaths(site.origin, {}, { maxSilentRequests: 3 })).toEqual(["/", "/last"]);
  });

  it("is not requested again while failing and working pages alternate", async () => {
    const links = "abcdefgh".split("").map((word) => `<a href="/dead/${word}">x</a><a href="/${word}">x</a>`);
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname.startsWith("/dead")) response.destroy();
      else sendHtml(response, links.join(""));
    });
    await crawlPaths(site.origin, {}, { maxSilentRequests: 3 });
    expect(site.paths().filter((path) => path === "/")).toHaveLength(1);
  });

  it("is scanned all the same when the start page asks for a sign-in", async () => {
    const site = await startRecordingSite((_, response) => response.writeHead(401).end());
    expect(await crawlPaths(site.origin)).toEqual(["/"]);
  });

  it("never quotes a header value in its reason", async () => {
    const failure = crawlPaths("http://127.0.0.1:1", { headers: { Cookie: "SID=hush-hush", Bad: "hush-hush\u0000" } });
    await expect(failure).rejects.toSatisfy((error) => !String((error as Error).stack).includes("hush-hush"));
  });
});
