/** How a command of the client ends, for pipelines. docs/automation.md tells the same. */
export const exitCodes = {
  done: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** The call is wrong, or a setting. Nothing was asked for. */
  usage: 2,
  /** The dashboard refused: token, role, scope, rule or budget. */
  refused: 3,
  /** The scan failed, was cancelled or stopped, or needs a person. */
  unfinished: 4,
  /** `--timeout` is over; the scan goes on. */
  timeout: 5,
  /** The dashboard cannot be reached, or answers otherwise than it should. */
  unreachable: 6,
} as const;

type Reason = Exclude<keyof typeof exitCodes, "done">;

/** Why a command of the client ends early. */
export class ClientFailure extends Error {
  override readonly name = "ClientFailure";
  readonly exitCode: number;
  /** The code of the dashboard, when it refused. */
  readonly code: string | null;

  constructor(reason: Reason, message: string, code: string | null = null) {
    super(message);
    this.exitCode = exitCodes[reason];
    this.code = code;
  }
}
