import { createSocket, type Socket } from "node:dgram";
import { lookup as systemLookup } from "node:dns/promises";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLookup } from "./resolve-name.ts";

const families = { 1: "A", 28: "AAAA" } as const;
type Family = (typeof families)[keyof typeof families];
/** Addresses, no such name, or no response at all. */
type Said = readonly string[] | "absent" | "silent";

let directory = "";
const servers: Socket[] = [];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "wsc-names-"));
});
afterAll(async () => {
  for (const server of servers) server.close();
  await rm(directory, { recursive: true });
});

const bytesOf = (address: string): Buffer =>
  address.includes(":")
    ? Buffer.concat([Buffer.alloc(15), Buffer.from([Number(address.replace("::", ""))])])
    : Buffer.from(address.split(".").map(Number));

/** A DNS response to one question (RFC 1035 section 4.1). */
function answerTo(question: Buffer, type: number, said: readonly string[] | "absent"): Buffer {
  const addresses = said === "absent" ? [] : said;
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(said === "absent" ? 0x8183 : 0x8180, 2);
  head.writeUInt16BE(addresses.length, 6);
  head.fill(0, 8, 12);
  const asked = question.subarray(12, question.indexOf(0, 12) + 5);
  const records = addresses.map((address) => {
    const data = bytesOf(address);
    return Buffer.concat([Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 9, 0, data.length]), data]);
  });
  return Buffer.concat([head, asked, ...records]);
}

function nameIn(question: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; (question[at] ?? 0) > 0; at += (question[at] ?? 0) + 1)
    labels.push(question.toString("latin1", at + 1, at + 1 + (question[at] ?? 0)));
  return labels.join(".");
}

/** A local name server, and a lookup that asks only this one. */
async function serve(say: (name: string, family: Family) => Said, files: { hosts?: string; resolver?: string } = {}) {
  const asked: string[] = [];
  const server = createSocket("udp4");
  servers.push(server);
  server.on("message", (question, { port, address }) => {
    const type = question[question.indexOf(0, 12) + 2] ?? 0;
    const name = nameIn(question);
    asked.push(name);
    const said = say(name, families[type as keyof typeof families]);
    if (said !== "silent") server.send(answerTo(question, type, said), port, address);
  });
  await new Promise<void>((resolve) => server.bind(0, "127.0.0.1", resolve));
  const [hostsFile, resolverFile] = [join(directory, "hosts"), join(directory, "resolv.conf")];
  await writeFile(hostsFile, files.hosts ?? "");
  await writeFile(resolverFile, files.resolver ?? "");
  const { port } = server.address() as AddressInfo;
  const lookup = (timeoutMs?: number) =>
    createLookup({
      servers: [`127.0.0.1:${port}`],
      hostsFile,
      resolverFile,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
  return { asked, lookup };
}

const never = new AbortController().signal;
const errorOf = (work: Promise<unknown>) => work.then(String, (error: { code: string }) => error.code);

describe("a name server that never answers", () => {
  it("does not block the threads of other lookups, files and work", async () => {
    const { lookup } = await serve(() => "silent");
    const leaving = new AbortController();
    const dead = Array.from({ length: 16 }, (_, index) =>
      errorOf(lookup()(`dead${index}.example.com`, leaving.signal)),
    );
    const first = await Promise.race([
      Promise.any(dead),
      Promise.all([systemLookup("localhost"), readFile(import.meta.filename)]).then(() => "others first"),
    ]);
    expect(first).toBe("others first");
    leaving.abort();
    expect(new Set(await Promise.all(dead))).toEqual(new Set(["ECANCELLED"]));
  });

  it("is given up at the time limit", async () => {
    const { lookup } = await serve(() => "silent");
    expect(await errorOf(lookup(200)("dead.example.com", never))).toBe("ECANCELLED");
  });

  it("is not asked for a cancelled request", async () => {
    const { lookup } = await serve(() => "silent");
    expect(await errorOf(lookup()("dead.example.com", AbortSignal.abort()))).toBe("ECANCELLED");
  });
});

describe("a name", () => {
  it("yields the addresses of both families, alternating", async () => {
    const { lookup } = await serve((_, family) => (family === "A" ? ["192.0.2.1", "192.0.2.2"] : ["::1"]));
    expect(await lookup()("www.example.com", never)).toEqual(["192.0.2.1", "::1", "192.0.2.2"]);
  });

  it("yields the addresses of one family when the other is never answered", async () => {
    const { lookup } = await serve((_, family) => (family === "A" ? ["192.0.2.1"] : "silent"));
    expect(await lookup()("www.example.com", never)).toEqual(["192.0.2.1"]);
  });

  it("that does not exist or has no addresses is unknown", async () => {
    const { lookup } = await serve((name) => (name.startsWith("no") ? "absent" : []));
    expect(await errorOf(lookup()("no.example.com", never))).toBe("ENOTFOUND");
    expect(await errorOf(lookup()("mail.example.com", never))).toBe("ENODATA");
    expect(await errorOf(lookup()("", never))).toBe("ENOTFOUND");
  });

  it("in the hosts file is resolved from it before name servers", async () => {
    const hosts = "# 192.0.2.9 www\n192.0.2.7\tWWW.example.com www # here\n::1 www\nnonsense www\n";
    const { lookup, asked } = await serve(() => ["192.0.2.1"], { hosts });
    expect(await lookup()("www.example.com", never)).toEqual(["192.0.2.7"]);
    expect(await lookup()("www", never)).toEqual(["192.0.2.7", "::1"]);
    expect(asked).toEqual([]);
  });

  it("localhost needs neither file nor name server", async () => {
    const { lookup, asked } = await serve(() => ["192.0.2.1"]);
    for (const name of ["localhost", "localhost.", "LOCALHOST", "app.localhost"])
      expect(await lookup()(name, never)).toEqual(["127.0.0.1", "::1"]);
    expect(asked).toEqual([]);
  });

  it("without a dot is completed with the search domains of the machine", async () => {
    const resolver = "nameserver 192.0.2.53\nsearch corp.example.com example.com.\noptions timeout:1 ndots:2\n";
    const { lookup } = await serve((name) => (name === "intranet.example.com" ? ["192.0.2.5"] : "absent"), {
      resolver,
    });
    expect(await lookup()("intranet", never)).toEqual(["192.0.2.5"]);
    // A trailing dot marks a fully qualified name.
    expect(await errorOf(lookup()("intranet.", never))).toBe("ENOTFOUND");
    expect(await lookup()("intranet.example.com", never)).toEqual(["192.0.2.5"]);
  });
});
