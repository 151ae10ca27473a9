/**
 * What readers notice of a failing gateway while stored responses are available: 60 requests a second for four lists under each
 * fault, `node bench/upstream-faults.ts [seconds for each]`. Exits with 1 when a goal is missed.
 */
import { createEmulator, type FaultInput } from "@wsc-dashboard/wsc-emulator";
import { accessKey, secretKey } from "../apps/bff/test/start-bff.ts";
import { type Person, startDashboardProcess } from "./dashboard-process.ts";
import { type NetworkState, startFaultNetwork } from "./fault-network.ts";
import { percentile } from "./statistics.ts";

const seconds = Number(process.argv[2] ?? 20);
const perSecond = 60;
/** Milliseconds, and calls of the gateway a minute: each opens at most one connection, also where it is refused. */
const goals = { p99: 100, perMinute: 30 };

interface Fault {
  readonly name: string;
  readonly network?: NetworkState;
  readonly effect?: FaultInput["effect"];
}
const faults: readonly Fault[] = [
  { name: "none" },
  { name: "silent", network: "silent" },
  { name: "drip", network: "drip" },
  { name: "refused", network: "refused" },
  { name: "500", effect: { kind: "http-status-only", status: 500 } },
  { name: "503", effect: { kind: "gateway-error", code: "500" } },
  { name: "HTML", effect: { kind: "html", status: 200 } },
];

const emulator = await createEmulator({ accessKey, secretKey, seed: true });
const network = await startFaultNetwork(emulator.port);
const dashboard = await startDashboardProcess(network.origin, {
  WSC_LIST_POLL_MS: "1000",
  WSC_UPSTREAM_TIMEOUT_MS: "10000",
});
const people: readonly Person[] = Array.from({ length: 20 }, (_, index) => ({ name: `p${index}`, group: "viewers" }));
const paths = [10, 20, 30, 40].map((limit) => `/api/jobs?limit=${limit}`);

async function measure({ name, network: state = "well", effect }: Fault): Promise<boolean> {
  emulator.control.clearFaults();
  await network.become("well");
  for (const path of paths) await dashboard.ask({ person: people[0] as Person, path });
  await network.become(state);
  if (effect !== undefined) emulator.control.addFault({ operation: "*", times: 1_000_000, effect });
  await dashboard.usage();
  const begin = performance.now();
  const asked: Promise<{ status: number; ms: number }>[] = [];
  for (let number = 0; number < seconds * perSecond; number += 1) {
    const wait = begin + (number * 1000) / perSecond - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    asked.push(dashboard.ask({ person: people[number % 20] as Person, path: paths[number % 4] as string }));
  }
  const answers = await Promise.all(asked);
  const { stallMs, calls } = await dashboard.usage();
  const times = answers.map(({ ms }) => ms);
  const others = answers.filter(({ status }) => status !== 200).length;
  const perMinute = (calls * 60) / seconds;
  const [p50, p99] = [percentile(times, 50), percentile(times, 99)];
  const isHeld = name === "none" || (p99 <= goals.p99 && perMinute <= goals.perMinute && others === 0);
  process.stdout.write(
    `${name.padEnd(8)} p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${perMinute.toFixed(0)} calls a minute, ` +
      `${others} answers without a list, stall ${stallMs.toFixed(0)} ms${isHeld ? "" : "   goal missed"}\n`,
  );
  return isHeld;
}

let areHeld = true;
for (const fault of faults) areHeld = (await measure(fault)) && areHeld;
await dashboard.close();
await network.close();
await emulator.close();
process.exit(areHeld ? 0 : 1);
