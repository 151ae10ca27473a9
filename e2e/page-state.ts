import type { Page } from "@playwright/test";
import type { Language } from "@wsc-dashboard/wsc-core";
import type { EmulatorControl, JobSeed } from "@wsc-dashboard/wsc-emulator";
import type { Change } from "./fixtures.ts";
import type { Messages } from "./words.ts";

/** What a state needs to come about. Every page opens in the look the test has chosen before. */
export interface Stage {
  readonly page: Page;
  readonly language: Language;
  readonly words: Messages;
  readonly emulator: EmulatorControl;
  readonly showOnly: (seeds: readonly JobSeed[]) => Promise<unknown>;
  readonly change: Change;
  readonly persona: (name: "admin" | "operator" | "viewer") => Promise<void>;
  /** A target that can be scanned. */
  readonly target: string;
}

export interface PageState {
  readonly name: string;
  /** Brings the page into the state and resolves when it is there. */
  readonly reach: (stage: Stage) => Promise<void>;
}
