import { spawnSync } from "node:child_process";

export type StraceState = { readonly usable: true } | { readonly usable: false; readonly why: string };

/** Whether strace is installed and may trace its own children; otherwise why not. */
export function straceState(): StraceState {
  const run = spawnSync("strace", ["-f", "--seccomp-bpf", "-o", "/dev/null", process.execPath, "-e", "0"], {
    encoding: "utf8",
  });
  if (run.error !== undefined) return { usable: false, why: "strace is not installed" };
  if (run.status !== 0) return { usable: false, why: `strace cannot trace: ${run.stderr.trim().split("\n")[0] ?? ""}` };
  return { usable: true };
}

/** Whether strace may also attach to running processes, which not every machine allows. */
export function attachState(): StraceState {
  const state = straceState();
  if (!state.usable) return state;
  // Long enough for strace to attach on a slow machine; strace ends with the process it traces.
  const { status, stderr } = spawnSync("sh", ["-c", "sleep 3 & exec strace -f -o /dev/null -p $!"], {
    encoding: "utf8",
  });
  if (status === 0) return { usable: true };
  return { usable: false, why: `strace cannot attach: ${stderr.trim().split("\n")[0] ?? ""}` };
}

export interface SystemCall {
  readonly thread: string;
  readonly name: string;
  /** The arguments, with files and sockets by name. */
  readonly args: string;
  /** `null` for a call that did not return. */
  readonly result: number | null;
}

/**
 * The calls of a trace written with `-f -yy`, in the order in which they ended: a sync counts once it has returned, while a write
 * to a socket may leave the machine before it returns. `begun`: the line of the first half of a call that was interrupted by
 * another thread's.
 */
export function readTrace(
  text: string,
): { readonly begun: number; readonly ended: number; readonly call: SystemCall }[] {
  const calls: { begun: number; ended: number; call: SystemCall }[] = [];
  const open = new Map<string, { begun: number; name: string; args: string }>();
  for (const [index, line] of text.split("\n").entries()) {
    const [, thread = "", rest = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const resumed = /^<\.\.\. (\w+) resumed>(.*)$/.exec(rest);
    const started = resumed === null ? /^(\w+)\((.*)$/.exec(rest) : null;
    const before = resumed === null ? undefined : open.get(thread);
    const name = resumed?.[1] ?? started?.[1];
    if (name === undefined) continue;
    const tail = `${before?.args ?? ""}${resumed?.[2] ?? started?.[2] ?? ""}`;
    const unfinished = /^(.*) <unfinished \.\.\.>$/.exec(tail);
    const begun = before?.begun ?? index;
    if (unfinished !== null) {
      open.set(thread, { begun, name, args: unfinished[1] ?? "" });
      continue;
    }
    open.delete(thread);
    const ended = /^(.*)\) += (-?\d+|\?)/.exec(tail);
    if (ended === null) continue;
    const result = ended[2] === "?" ? null : Number(ended[2]);
    calls.push({ begun, ended: index, call: { thread, name, args: ended[1] ?? "", result } });
  }
  return calls;
}
