import type { Reading } from "@wsc-dashboard/wsc-core";

const readingMs = 5_000;
const idleMs = 60_000;

/** The polling interval; shorter while reports are still being read in the background. */
export const pauseFor = (reading: Reading | undefined): number =>
  reading?.isOn && (reading.waiting > 0 || reading.listReadAt === null) ? readingMs : idleMs;
