export { createEmulator, type Emulator, type EmulatorOptions } from "./create-emulator.ts";
export { createDemoSite, type DemoSite, type DemoSiteOptions } from "./demo-site/create-demo-site.ts";
export { demoMember, demoSignInForm } from "./demo-site/demo-member.ts";
export {
  allDemoSiteWeaknesses,
  type DemoSiteWeakness,
  demoSiteWeaknesses,
  type WeaknessId,
} from "./demo-site/demo-site-weaknesses.ts";
export type { EmulatorControl, History } from "./emulator-control.ts";
export type { Fault, FaultEffect, FaultInput } from "./faults.ts";
export type { GatewayOperation } from "./gateway-operations.ts";
export type { JobSeed } from "./job-seed.ts";
export { settingsOfRecording } from "./replay.ts";
export type { RequestLogEntry } from "./request-log.ts";
export type { CrawlResult, ScanFinding, ScanRequest, SiteScanner } from "./scanner/site-scanner.ts";
export { TargetUnreachable } from "./scanner/target-unreachable.ts";
export type { ReportSeed } from "./seed-report.ts";
export type { EmulatorSettings, EmulatorSettingsPatch } from "./settings.ts";
