import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type Session, type VerdictView, verdicts } from "@wsc-dashboard/wsc-core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { SessionContext } from "../api/session-query.ts";
import { verdicts as words } from "../messages/en/verdicts.ts";
import { renderIn } from "../testing/render-in.tsx";
import { Toaster } from "../ui/toaster.tsx";
import { DecideDialog, type FindingToDecide } from "./decide-dialog.tsx";

const session = { user: { name: "kim", roles: ["operator"] }, permissions: ["verdicts.change"] } as unknown as Session;
const verdict = (change: Partial<VerdictView> = {}): VerdictView => ({
  ...{ id: "a".repeat(64), host: "shop.example.com", fingerprint: "f", state: "fixed", cause: "waiting" },
  ...{ verdict: "fixed", reason: null, owner: null, due: null, until: null, endsAt: null, issueUrl: null },
  ...{ decidedAt: "2026-11-20T00:00:00.000Z", decidedBy: "lee", seen: null, absent: null, severity: "high", notes: 0 },
  ...{ updatedAt: "2026-11-20T00:00:00.000Z", version: 3 },
  ...change,
});
const finding = (name: string, present?: VerdictView): FindingToDecide => ({ name, fingerprint: `f-${name}`, present });

/** Stubs the server's response; returns the request bodies. */
function answer(results: (asked: { fingerprint: string; version: number }[]) => unknown) {
  const bodies: { findings: { fingerprint: string; version: number }[]; change: unknown }[] = [];
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    if (path !== "/api/verdicts") return fetch(path, init);
    const body = JSON.parse(String(init.body));
    bodies.push(body);
    return new Response(JSON.stringify({ results: results(body.findings) }), {
      headers: { "Content-Type": "application/json" },
    });
  });
  return bodies;
}
afterEach(() => vi.unstubAllGlobals());

async function open(findings: readonly FindingToDecide[]) {
  const onClose = vi.fn();
  const { screen } = await renderIn("en", () => (
    <QueryClientProvider client={new QueryClient()}>
      <SessionContext value={session}>
        <Toaster>
          <DecideDialog
            host="shop.example.com"
            instanceNo="7"
            today="2026-11-28"
            findings={findings}
            onClose={onClose}
          />
        </Toaster>
      </SessionContext>
    </QueryClientProvider>
  ));
  return { screen, onClose };
}

describe("the dialog that decides findings", () => {
  it("offers the five verdicts, and asks for what each of them needs before anything is sent", async () => {
    const bodies = answer(() => []);
    const { screen, onClose } = await open([finding("H-01")]);
    for (const state of verdicts) {
      await expect.element(screen.getByRole("radio", { name: words.states[state], exact: true })).toBeVisible();
    }
    await userEvent.click(screen.getByRole("radio", { name: words.states["risk-accepted"] }));
    await userEvent.click(screen.getByRole("button", { name: words.save }));
    expect(screen.getByText(words.required).elements()).toHaveLength(2);
    expect(bodies).toEqual([]);
    expect(onClose).not.toHaveBeenCalled();
  });

  it("sends one decision for all findings, each with the version that was seen, and closes", async () => {
    const bodies = answer((asked) => asked.map(({ fingerprint }) => ({ fingerprint, verdict: verdict() })));
    const { screen, onClose } = await open([finding("H-01"), finding("H-02", verdict({ version: 4 }))]);
    await userEvent.click(screen.getByRole("radio", { name: words.states["in-work"] }));
    await userEvent.click(screen.getByRole("button", { name: words.me }));
    await userEvent.fill(screen.getByRole("textbox", { name: words.reason }), "  <b>x</b>\n");
    await userEvent.click(screen.getByRole("button", { name: words.save }));
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(bodies).toMatchObject([
      {
        ...{ host: "shop.example.com", instanceNo: "7" },
        findings: [
          { fingerprint: "f-H-01", version: 0 },
          { fingerprint: "f-H-02", version: 4 },
        ],
        change: { kind: "decide", decision: { verdict: "in-work", owner: "kim", reason: "<b>x</b>" } },
      },
    ]);
  });

  it("shows what somebody else decided in between, and overwrites it only when it is saved again", async () => {
    const bodies = answer((asked) =>
      asked.map(({ fingerprint, version }) =>
        fingerprint === "f-H-02" && version !== 9
          ? { fingerprint, code: "VERDICT_CHANGED", verdict: verdict({ version: 9, decidedBy: "<i>lee</i>" }) }
          : { fingerprint, verdict: verdict() },
      ),
    );
    const { screen, onClose } = await open([finding("H-01"), finding("H-02")]);
    await userEvent.click(screen.getByRole("radio", { name: words.states.fixed }));
    await userEvent.click(screen.getByRole("button", { name: words.save }));
    const alert = screen.getByRole("alert");
    await expect.element(alert.getByText(words.someFailed(1, "1", "2"))).toBeVisible();
    await expect.element(alert.getByText("<i>lee</i>")).toBeVisible();
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: words.decideAgain }));
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(bodies.map(({ findings }) => findings)).toEqual([
      [
        { fingerprint: "f-H-01", version: 0 },
        { fingerprint: "f-H-02", version: 0 },
      ],
      [{ fingerprint: "f-H-02", version: 9 }],
    ]);
  });
});
