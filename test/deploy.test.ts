import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { settingNames, settingOf } from "../apps/bff/src/config/settings.ts";
import { listFiles, root } from "./read-sources.ts";

// YAML files have any shape.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Document = any;

const read = (path: string): string => readFileSync(join(root, "deploy", path), "utf8");
const load = (path: string): Document => parse(read(path));
const uid = 10_001;

const known = new Set(settingNames.flatMap((name) => (settingOf(name).isSecret ? [name, `${name}_FILE`] : [name])));
const unknownIn = (names: readonly string[]): string[] => names.filter((name) => !(known as Set<string>).has(name));
const namesInEnvFile = (text: string): string[] =>
  text.split("\n").flatMap((line) => (/^[A-Z]/.test(line) ? [line.split("=", 1)[0] ?? ""] : []));

describe("the image", () => {
  const lines = read("Dockerfile").replaceAll(/\\\n/g, " ").split("\n");
  const instructions = lines.filter((line) => /^[A-Z]/.test(line));
  const last = (name: string): string => instructions.findLast((line) => line.startsWith(`${name} `)) ?? "";

  it("runs node as process 1, unprivileged, and stops on SIGTERM", () => {
    expect(last("USER")).toBe(`USER ${uid}:${uid}`);
    expect(last("ENTRYPOINT")).toMatch(/^ENTRYPOINT \["node", .*"\/app\/apps\/bff\/dist\/main\.js"\]$/);
    expect(last("STOPSIGNAL")).toBe("STOPSIGNAL SIGTERM");
    expect(last("HEALTHCHECK")).toContain('CMD ["node"');
    expect(instructions.indexOf(last("USER"))).toBeGreaterThan(
      instructions.findLastIndex((line) => /^(?:RUN|COPY)/.test(line)),
    );
  });

  it("has the tested Node version, verifies the archive, and lets the account write only its data", () => {
    const [, major = ""] =
      /nodeVersion = "(\d+)\./.exec(readFileSync(join(root, "scripts/toolchain.mjs"), "utf8")) ?? [];
    expect(last("ARG") === "" ? "" : read("Dockerfile")).toMatch(
      new RegExp(`^ARG NODE_IMAGE=\\S+/node:${major}-`, "m"),
    );
    expect(read("Dockerfile")).toContain("sha256sum --quiet -c SHA256SUMS");
    expect(read("Dockerfile")).toContain("COPY --from=unpack --chown=0:0 /app /app");
    expect(instructions.filter((line) => /^ADD|:latest|curl|wget|apt-get|chmod 777/.test(line))).toEqual([]);
    const environment = [...read("Dockerfile").matchAll(/(\b(?:WSC_)?[A-Z_]+)=\S+/g)].map(([, name = ""]) => name);
    expect(unknownIn(environment.filter((name) => name.startsWith("WSC_")))).toEqual([]);
  });
});

describe("the composition", () => {
  const one = load("compose/compose.yaml");
  const more = load("compose/compose.postgres.yaml");

  it("runs the dashboard unprivileged, read-only, published on loopback only, with a grace period", () => {
    const { dashboard } = one.services;
    expect(dashboard).toMatchObject({
      user: `${uid}:${uid}`,
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      init: true,
    });
    for (const port of dashboard.ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(Number.parseInt(dashboard.stop_grace_period, 10)).toBeGreaterThan(25);
    expect(dashboard.volumes).toContain(`data:${dashboard.environment.WSC_DATA_DIR}`);
  });

  it("passes secrets as files, and uses existing settings and secrets", () => {
    for (const file of [one, more]) {
      const secrets = new Set([...Object.keys(one.secrets), ...Object.keys(file.secrets)]);
      for (const { environment = {}, secrets: used = [] } of Object.values<Document>(file.services)) {
        const names = Object.keys(environment);
        expect(unknownIn(names.filter((name) => name.startsWith("WSC_")))).toEqual([]);
        expect(names.filter((name) => /PASSWORD$|SECRET$|KEYS?$/.test(name))).toEqual([]);
        expect(used.filter((name: string) => !secrets.has(name))).toEqual([]);
        for (const path of Object.values<string>(environment)) {
          if (path.startsWith("/run/secrets/")) expect(used).toContain(path.slice("/run/secrets/".length));
        }
      }
    }
  });

  it("does not publish PostgreSQL, and has a proxy without retries", () => {
    expect(more.services.postgres.ports).toBeUndefined();
    expect(more.networks.inside.internal).toBe(true);
    expect(more.services.postgres.networks).toEqual(["inside"]);
    expect(more.services.dashboard.depends_on.postgres.condition).toBe("service_healthy");
    expect(read("compose/Caddyfile")).toMatch(/lb_retries 0/);
  });
});

describe("the manifests for Kubernetes", () => {
  const base = load("kubernetes/base/deployment.yaml").spec.template.spec;
  const [container] = base.containers;
  const overlay = (name: string, file = "deployment"): Document => load(`kubernetes/overlays/${name}/${file}.yaml`);

  it("run unprivileged, read-only, without service account tokens and links, with a grace period", () => {
    expect(base).toMatchObject({
      enableServiceLinks: false,
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: uid,
        runAsGroup: uid,
        seccompProfile: { type: "RuntimeDefault" },
      },
    });
    expect(base.terminationGracePeriodSeconds).toBeGreaterThan(27);
    expect(container.securityContext).toEqual({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
    });
    expect(load("kubernetes/base/serviceaccount.yaml").automountServiceAccountToken).toBe(false);
  });

  it("use /livez for restarts, and /readyz for traffic", () => {
    const pathOf = (probe: string): string => container[probe].httpGet.path;
    expect(["startupProbe", "livenessProbe", "readinessProbe"].map(pathOf)).toEqual(["/livez", "/livez", "/readyz"]);
    expect(container.resources.limits.memory).toBeDefined();
  });

  it("mount what they define, and use existing settings", () => {
    const mounts: string[] = container.volumeMounts.map(({ name }: Document) => name);
    for (const name of ["sqlite", "postgres"]) {
      const volumes = [...base.volumes, ...overlay(name).spec.template.spec.volumes].map(
        (volume: Document) => volume.name,
      );
      expect(mounts.filter((mount) => !volumes.includes(mount))).toEqual([]);
      const settings = namesInEnvFile(read(`kubernetes/overlays/${name}/settings.env`));
      expect(unknownIn(settings)).toEqual([]);
      for (const secret of settings.filter((setting) => settingOf(setting as never)?.isSecret)) expect(secret).toBe("");
    }
    const names: string[] = container.env.map(({ name }: Document) => name);
    expect(unknownIn(names)).toEqual([]);
  });

  it("run one replica on SQLite, recreated, and at least two on PostgreSQL, with one always available", () => {
    expect(overlay("sqlite").spec).toMatchObject({ replicas: 1, strategy: { type: "Recreate" } });
    expect(overlay("postgres").spec.replicas).toBeGreaterThanOrEqual(2);
    expect(overlay("postgres").spec.strategy.rollingUpdate.maxUnavailable).toBe(0);
    expect(overlay("postgres", "poddisruptionbudget").spec.minAvailable).toBe(1);
    expect(namesInEnvFile(read("kubernetes/overlays/postgres/settings.env"))).toContain("WSC_DATABASE_URL_FILE");
  });

  it("admit only the ingress controller and monitoring", () => {
    const { spec } = load("kubernetes/base/networkpolicy.yaml");
    expect(spec.policyTypes).toEqual(["Ingress", "Egress"]);
    for (const { from } of spec.ingress) expect(from[0].namespaceSelector.matchLabels).toBeDefined();
  });

  it("list every file in a kustomization", () => {
    for (const directory of ["base", "overlays/sqlite", "overlays/postgres"]) {
      const path = `deploy/kubernetes/${directory}/`;
      const files = listFiles()
        .filter((file) => file.startsWith(path) && file.endsWith(".yaml") && !file.endsWith("kustomization.yaml"))
        .map((file) => file.slice(path.length));
      const { resources, patches = [] } = load(`kubernetes/${directory}/kustomization.yaml`);
      const listed = [...resources, ...patches.map((patch: Document) => patch.path)];
      expect(files.filter((file) => !listed.includes(file))).toEqual([]);
      expect(files.length).toBeGreaterThan(0);
    }
  });
});
