import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { CallMeter } from "./call-meter.ts";
import { createControlRoutes } from "./control-routes.ts";
import { createControl, type EmulatorControl, type History } from "./emulator-control.ts";
import { FaultQueue } from "./faults.ts";
import { createGatewayApp } from "./gateway-app.ts";
import { JobRunner } from "./job-runner.ts";
import { JobStore } from "./job-store.ts";
import { RequestLog } from "./request-log.ts";
import { siteScanner } from "./scanner/scan-site.ts";
import type { SiteScanner } from "./scanner/site-scanner.ts";
import { type EmulatorSettingsPatch, SettingsStore } from "./settings.ts";
import type { Keys } from "./verify-signature.ts";

export interface EmulatorOptions extends Keys, EmulatorSettingsPatch {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** The gateway's clock in milliseconds; default the machine's. */
  readonly now?: () => number;
  /** Default false: no jobs. */
  readonly seed?: History;
  /** Default: the scanner of this package. */
  readonly scanner?: SiteScanner;
  /** Called with errors of the emulator or its scanner; by default they are written to standard error. */
  readonly onError?: (error: unknown) => void;
}

export interface Emulator {
  /** `http://host:port`, without a slash at the end. */
  readonly origin: string;
  readonly port: number;
  readonly control: EmulatorControl;
  /** Aborts scans and connections, including hanging ones. May be called twice. */
  close(): Promise<void>;
}

function reportToStandardError(error: unknown): void {
  process.stderr.write(`wsc-emulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

/** Starts a local WSC gateway with its state in memory. Rejects if the port is in use or an option is invalid. */
export async function createEmulator(options: EmulatorOptions): Promise<Emulator> {
  const {
    accessKey,
    secretKey,
    port: wantedPort = 0,
    host = "127.0.0.1",
    now: steadyNow = Date.now,
    seed = false,
    scanner = siteScanner,
    onError = reportToStandardError,
    ...initialSettings
  } = options;
  let keys: Keys = { accessKey, secretKey };
  if (accessKey === "" || secretKey === "") throw new TypeError("the emulator needs an access key and a secret key");

  const settings = new SettingsStore(initialSettings);
  const now = (): number => steadyNow() + settings.values.clockOffsetMs;
  const jobs = new JobStore();
  const log = new RequestLog();
  const faults = new FaultQueue();
  const meter = new CallMeter();
  const closing = new AbortController();
  const runner = new JobRunner({ settings, scanner, now, onScannerError: onError });
  const replaceKeys = (next: Keys): void => {
    keys = next;
  };
  const control = createControl({ settings, jobs, runner, log, faults, meter, now, steadyNow, replaceKeys });
  await control.reset(seed);

  const app = createGatewayApp({
    keys: () => keys,
    service: () => ({ jobs, runner, settings: settings.values, now: now(), steadyNow: steadyNow() }),
    faults,
    meter,
    log,
    control: createControlRoutes(control),
    closing: closing.signal,
    onError,
  });
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(wantedPort, host, resolve);
  });
  const { port } = server.address() as AddressInfo;

  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    closing.abort();
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await Promise.all([ended, runner.close()]);
  };
  return {
    origin: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    control,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}
