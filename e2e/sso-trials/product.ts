import type { Visitor } from "../../apps/bff/test/identity/visitor.ts";

/** Where everything of one trial stands, on this machine. */
export interface TrialPlace {
  /** Of the proxy, as people see it. */
  readonly origin: string;
  readonly port: number;
  readonly dashboardPort: number;
  /** A directory of its own for configuration, logs and process files. */
  readonly directory: string;
  readonly proxySecret: string;
}

export interface RunningProduct {
  /** The person's browser is signed in afterwards. */
  signIn(visitor: Visitor, person: string): Promise<void>;
  stop(): Promise<void>;
}

/** A real product in front of the dashboard, as its package installs it. */
export interface Product {
  readonly name: string;
  /** Packages of Debian that hold it. */
  readonly packages: string;
  /** Version as the product says it; `null` when it is not installed. */
  version(): string | null;
  /** Settings of the dashboard behind it, besides those of every proxy. */
  readonly settings: Readonly<Record<string, string>>;
  start(place: TrialPlace): Promise<RunningProduct>;
}

/** People of the local provider, whom every product of the trials knows. */
export const groupOf = (person: string): string => `local-${person}s`;
