import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { runProduct } from "../../e2e/sso-trials/run-product.ts";
import { freePort } from "../free-port.ts";

export interface Prometheus {
  /** Names of the firing alerts. */
  firing(): Promise<ReadonlySet<string>>;
  /** Names of the alerts whose condition holds, firing or pending. */
  active(): Promise<ReadonlySet<string>>;
  /** The greatest value of an expression; `null` when it has none. */
  value(expression: string): Promise<number | null>;
  stop(): Promise<void>;
}

interface Answer {
  readonly data: {
    readonly alerts?: readonly { readonly state: string; readonly labels: { readonly alertname: string } }[];
    readonly result?: readonly { readonly value: readonly [number, string] }[];
  };
}

/** Prometheus with these rules; scrapes the targets every two seconds under the job name that the rules expect. */
export async function startPrometheus(
  program: string,
  directory: string,
  { rules, targets }: { readonly rules: string; readonly targets: readonly string[] },
): Promise<Prometheus> {
  const origin = `http://127.0.0.1:${await freePort()}`;
  const configuration = {
    global: { scrape_interval: "2s", scrape_timeout: "2s", evaluation_interval: "1s" },
    scrape_configs: [{ job_name: "wsc-dashboard", static_configs: [{ targets }] }],
    rule_files: [join(directory, "alerts.yml")],
  };
  writeFileSync(join(directory, "alerts.yml"), rules);
  writeFileSync(join(directory, "prometheus.yml"), stringify(configuration));
  const words = [
    `--config.file=${join(directory, "prometheus.yml")}`,
    `--storage.tsdb.path=${join(directory, "series")}`,
    `--web.listen-address=${new URL(origin).host}`,
  ];
  const stop = await runProduct(program, words, { origin, closeRest: async () => {} });
  const ask = async (path: string): Promise<Answer["data"]> => {
    const answer = await fetch(`${origin}/api/v1${path}`);
    if (!answer.ok) throw new Error(`Prometheus answers ${answer.status} to ${path}`);
    return ((await answer.json()) as Answer).data;
  };
  const names = async (isWanted: (state: string) => boolean): Promise<ReadonlySet<string>> => {
    const { alerts = [] } = await ask("/alerts");
    return new Set(alerts.filter(({ state }) => isWanted(state)).map(({ labels }) => labels.alertname));
  };
  return {
    firing: () => names((state) => state === "firing"),
    active: () => names(() => true),
    async value(expression) {
      const { result = [] } = await ask(`/query?query=${encodeURIComponent(expression)}`);
      return result.length === 0 ? null : Math.max(...result.map(({ value }) => Number(value[1])));
    },
    stop,
  };
}

/** The output of promtool with these arguments; throws with it when promtool fails. */
export function promtool(program: string, words: readonly string[], input = ""): string {
  return execFileSync(program, words, { encoding: "utf8", input, stdio: ["pipe", "pipe", "pipe"] }).trim();
}
