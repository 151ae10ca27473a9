/** Exit codes of client commands, for pipelines; documented in docs/automation.md. */
export const exitCodes = {
  done: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** Wrong arguments or settings; nothing was sent. */
  usage: 2,
  /** The dashboard refused: token, role, scope, rule or budget. */
  refused: 3,
  /** The scan failed, was cancelled or stopped, or needs a person. */
  unfinished: 4,
  /** `--timeout` has expired; the scan continues. */
  timeout: 5,
  /** The dashboard is unreachable, or its response is unexpected. */
  unreachable: 6,
} as const;

type Reason = Exclude<keyof typeof exitCodes, "done">;

/** Why a command of the client ends early. */
export class ClientFailure extends Error {
  override readonly name = "ClientFailure";
  readonly exitCode: number;
  /** Error code of the dashboard, if it refused. */
  readonly code: string | null;

  constructor(reason: Reason, message: string, code: string | null = null) {
    super(message);
    this.exitCode = exitCodes[reason];
    this.code = code;
  }
}
