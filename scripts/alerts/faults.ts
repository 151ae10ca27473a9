import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, utimesSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { nodeBinary, root } from "../toolchain.mjs";
import { call, type Dashboard, type Dashboards, headersOf } from "./start-dashboards.ts";

export interface Fault {
  /** What is done, for the reader of the output. */
  readonly what: string;
  readonly alerts: readonly string[];
  provoke(): Promise<void>;
  /** Repeated until the alerts fire: what people keep doing meanwhile. */
  goOn?(): Promise<void>;
  /** Undoes the fault; then the alerts have to end. Without it they stay until a person has acted. */
  repair?(): Promise<void>;
}

const hour = 3_600_000;
/** Slightly more than the limit in the rule. */
const followers = 5_050;
const followersPerPerson = 20;
const operator = headersOf("operator", "operator");
const order = (startUrl: string) => ({
  method: "POST",
  headers: operator,
  body: { startUrl, consent: { textVersion: "1", accepted: true } },
});

async function until(isThere: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isThere())) {
    if (Date.now() > deadline) throw new Error(`${what} did not come about within a minute`);
    await wait(100);
  }
}

/** Runs `wsc backup` as in docs/self-hosting.md. */
export function backUp({ dataDirectory }: Dashboard, file: string): void {
  const wsc = join(root, "apps", "bff", "dist", "wsc.js");
  execFileSync(nodeBinary(), [wsc, "backup", "--output", file], { env: { WSC_DATA_DIR: dataDirectory } });
}

let questions = 0;
/** Reads the job list from the gateway: each query is different, so that none is served from the cache. */
const readList = ({ origin }: Dashboard) => {
  questions += 1;
  return call(`${origin}/api/jobs?q=question-${questions}`, { headers: operator });
};

function backupFaults({ plain }: Dashboards, directory: string): Fault[] {
  return [
    {
      what: "the last backup is 37 hours old",
      alerts: ["WscBackupOld"],
      async provoke() {
        const at = (Date.now() - 37 * hour) / 1000;
        utimesSync(join(plain.dataDirectory, "last-backup"), at, at);
      },
      async repair() {
        backUp(plain, join(directory, "again.sqlite"));
      },
    },
  ];
}

function requestFaults({ plain }: Dashboards): Fault[] {
  const { control } = plain.emulator;
  return [
    {
      what: "a person without a role tries 60 times",
      alerts: ["WscSignInsRefused"],
      async provoke() {
        const headers = headersOf("stranger", "no-such-group");
        for (let count = 0; count < 60; count += 1) await call(`${plain.origin}/api/session`, { headers });
      },
      async repair() {},
    },
    {
      what: "the gateway takes 6 s for a list",
      alerts: ["WscRequestsSlow"],
      async provoke() {
        control.addFault({ operation: "*", times: 1_000, effect: { kind: "latency", ms: 6_000 } });
      },
      async goOn() {
        await Promise.all([readList(plain), readList(plain)]);
      },
      async repair() {
        control.clearFaults();
      },
    },
    {
      what: "the gateway's clock is a minute ahead",
      alerts: ["WscClockSkew"],
      async provoke() {
        control.changeSettings({ clockOffsetMs: 60_000 });
      },
      async goOn() {
        await readList(plain);
      },
      async repair() {
        control.changeSettings({ clockOffsetMs: 0 });
        for (let count = 0; count < 4; count += 1) await readList(plain);
      },
    },
    {
      what: "the gateway answers 500 to everything",
      alerts: ["WscUpstreamErrors", "WscUpstreamPaused", "WscRequestErrors"],
      async provoke() {
        control.addFault({ operation: "*", times: 20_000, effect: { kind: "gateway-error", code: "900" } });
      },
      async goOn() {
        await Promise.all(Array.from({ length: 4 }, () => readList(plain)));
      },
      async repair() {
        control.clearFaults();
        await until(async () => (await readList(plain)).status === 200, "a list");
      },
    },
  ];
}

function submissionFaults({ plain, other, operator: person, targets }: Dashboards): Fault[] {
  const nextTarget = (): string => targets.pop() ?? "";
  const stateOf = async (id: string): Promise<unknown> => {
    const { json } = await call(`${plain.origin}/api/submissions/${id}`, { headers: operator });
    return (json.submission as { state?: unknown } | undefined)?.state;
  };
  const orderOf = async (target: string): Promise<string> => {
    const { status, json } = await call(`${plain.origin}/api/jobs`, order(target));
    if (status !== 202) throw new Error(`a job was refused with ${status}: ${JSON.stringify(json)}`);
    return (json.submission as { id: string }).id;
  };
  const inDoubt = nextTarget();
  let waiting = "";
  return [
    {
      what: "the connection breaks during a paid call",
      alerts: ["WscSubmissionsInDoubt"],
      async provoke() {
        plain.emulator.control.addFault({ operation: "createJob", effect: { kind: "reset" } });
        const id = await orderOf(inDoubt);
        await until(async () => (await stateOf(id)) === "IN_DOUBT", "a call in doubt");
      },
    },
    {
      what: "another job of the target whose call is in doubt",
      alerts: ["WscSubmissionsWait"],
      async provoke() {
        waiting = await orderOf(inDoubt);
      },
      async repair() {
        await call(`${plain.origin}/api/submissions/${waiting}`, { method: "DELETE", headers: operator, body: {} });
      },
    },
    {
      what: "ten jobs at once, with a budget of twelve",
      alerts: ["WscBudgetNearlyUsed", "WscRunsLate"],
      async provoke() {
        for (let count = 0; count < 10; count += 1) await orderOf(nextTarget());
      },
    },
    {
      what: "the connection breaks during a paid call, and whether memos are kept is not known",
      alerts: ["WscSubmissionsNeedPerson"],
      async provoke() {
        other.emulator.control.addFault({ operation: "createJob", effect: { kind: "reset" } });
        const send = async (url: string, init: RequestInit) => (await person.open(url, undefined, init)).response;
        const { status, json } = await call(`${other.origin}/api/jobs`, { ...order(nextTarget()), headers: {} }, send);
        if (status !== 202) throw new Error(`a job was refused with ${status}: ${JSON.stringify(json)}`);
      },
    },
  ];
}

/** Follows changes as an open page does; resolves at the first event. */
function follow({ port }: Dashboard, index: number): Promise<Socket> {
  const headers = Object.entries(headersOf(`person-${Math.floor(index / followersPerPerson)}`, "viewer"));
  const socket = connect({ port, host: "127.0.0.1" });
  socket.write(
    `GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`,
  );
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("data", (bytes) =>
      bytes.includes("HTTP/1.1 ") && !bytes.includes("HTTP/1.1 200")
        ? reject(new Error(bytes.toString("latin1")))
        : resolve(socket),
    );
  });
}

function loadFaults({ plain }: Dashboards): Fault[] {
  const sockets: Socket[] = [];
  const { pid } = plain.bff;
  return [
    {
      what: `${followers} pages follow the changes`,
      alerts: ["WscFollowersNearLimit"],
      async provoke() {
        for (let index = 0; index < followers; index += 50) {
          const some = Array.from({ length: 50 }, (_, offset) => follow(plain, index + offset));
          sockets.push(...(await Promise.all(some)));
        }
      },
      async repair() {
        for (const socket of sockets) socket.destroy();
      },
    },
    {
      what: "the process gets no time, 0.8 s of each second",
      alerts: ["WscEventLoopLag"],
      async provoke() {},
      async goOn() {
        process.kill(pid, "SIGSTOP");
        await wait(800);
        process.kill(pid, "SIGCONT");
        await wait(200);
      },
      async repair() {
        process.kill(pid, "SIGCONT");
      },
    },
  ];
}

/** A channel whose receiver responds with this status. */
function receiverFault(
  { plain }: Dashboards,
  { what, alert, status }: { readonly what: string; readonly alert: string; readonly status: number },
): Fault {
  const headers = headersOf("admin", "admin");
  const receiver = createServer((_, response) => response.writeHead(status).end());
  let path = "";
  return {
    what,
    alerts: [alert],
    async provoke() {
      await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
      const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
      const body = {
        ...{
          name: "team",
          kind: "webhook",
          receiver: address,
          events: ["job.failed"],
          targets: null,
          findingNames: false,
        },
        ...{
          minimumSeverity: null,
          digest: "at-once",
          digestTime: "09:00",
          quietHours: null,
          zone: "UTC",
          language: "en",
        },
      };
      const made = await call(`${plain.origin}/api/channels`, { method: "POST", headers, body });
      if (made.status !== 200) throw new Error(`no channel: ${JSON.stringify(made.json)}`);
      path = `${plain.origin}/api/channels/${(made.json.channel as { id: string }).id}`;
      await call(`${path}/test`, { method: "POST", headers, body: {} });
    },
    async repair() {
      await call(path, { method: "DELETE", headers, body: {} });
      receiver.close();
    },
  };
}

const notificationFaults = (dashboards: Dashboards): Fault[] => [
  receiverFault(dashboards, { what: "a receiver answers 500", alert: "WscMessagesWait", status: 500 }),
  receiverFault(dashboards, { what: "a receiver answers 410", alert: "WscChannelFailed", status: 410 }),
];

/** A process and its children, from the process list of Linux. */
function familyOf(pid: number): number[] {
  const children = readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, "utf8"))?.[1]) === pid;
    } catch {
      return false;
    }
  });
  return [pid, ...children.map(Number)];
}

function databaseFaults({ other, postgres, databaseUrl, auditor }: Dashboards): Fault[] {
  return [
    {
      what: "PostgreSQL no longer answers",
      alerts: ["WscDatabaseNotWritable", "WscAuditNotVerified"],
      async provoke() {
        for (const pid of familyOf(postgres.pid)) process.kill(pid, "SIGSTOP");
      },
      async repair() {
        for (const pid of familyOf(postgres.pid)) process.kill(pid, "SIGCONT");
      },
    },
    {
      what: "somebody changes an entry of the audit log in the database",
      alerts: ["WscAuditChainBroken"],
      async provoke() {
        await postgres.query("update audit set entry = replace(entry, 'done', 'gone') where seq = 1", databaseUrl);
      },
      async goOn() {
        await auditor.open(`${other.origin}/api/audit/chain`, undefined, { headers: headersOf("", "") });
      },
    },
  ];
}

function providerFaults({ other, provider }: Dashboards, newVisitor: () => Dashboards["operator"]): Fault[] {
  return [
    {
      what: "the identity provider ends while five people sign in",
      alerts: ["WscIdentityProviderErrors"],
      async provoke() {
        const people = Array.from({ length: 5 }, newVisitor);
        const returns: string[] = [];
        for (const one of people) returns.push(await one.signIn("viewer", "/auth/callback"));
        await provider.close();
        for (const [index, one] of people.entries()) await one.open(returns[index] ?? "", "/signed-out");
      },
      // Nobody signs in any more.
      async repair() {},
    },
    {
      what: "the process ends",
      alerts: ["WscDown"],
      provoke: () => other.bff.stop(),
      repair: () => other.restart(),
    },
  ];
}

/** Every fault, in an order in which none interferes with the next. */
export const allFaults = (
  dashboards: Dashboards,
  directory: string,
  newVisitor: () => Dashboards["operator"],
): Fault[] => [
  ...backupFaults(dashboards, directory),
  ...requestFaults(dashboards),
  ...loadFaults(dashboards),
  ...submissionFaults(dashboards),
  ...notificationFaults(dashboards),
  ...databaseFaults(dashboards),
  ...providerFaults(dashboards, newVisitor),
];
