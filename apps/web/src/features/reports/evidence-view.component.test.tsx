import type { Finding } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { renderIn } from "../../testing/render-in.tsx";
import { EvidenceView } from "./evidence-view.tsx";

const payload = `"><script>document.title="executed"</script>`;
const finding = (evidence: string | null): Finding =>
  ({
    findingNo: "1",
    severity: "high",
    url: `https://a.example.com/search?q=${encodeURIComponent(payload)}`,
    method: "GET",
    parameter: "q",
    payload,
    evidence,
  }) as unknown as Finding;

describe("evidence of a finding", () => {
  it("is shown as text: it creates no element, script or link", async () => {
    const title = document.title;
    const hostile = `GET /search?q=${payload}\n\nHTTP/1.1 200 OK\n\n<img src=x onerror="document.title='executed'">${payload}<a href="https://evil.example">x</a>`;
    const { screen } = await renderIn("en", () => <EvidenceView finding={finding(hostile)} />);
    expect(screen.container.querySelector("script, img, a, iframe, style")).toBeNull();
    expect(screen.container.textContent).toContain(`onerror="document.title='executed'"`);
    expect(document.title).toBe(title);
  });

  it("is absent for a finding without evidence", async () => {
    const { screen } = await renderIn("en", () => <EvidenceView finding={finding(null)} />);
    expect(screen.container.textContent).toBe("");
  });

  it("folds a long text and keeps the rest in the page", async () => {
    const lines = Array.from({ length: 300 }, (_, index) => `line ${index}`);
    const { screen, messages } = await renderIn("en", () => <EvidenceView finding={finding(lines.join("\n"))} />);
    await expect.element(screen.getByText(messages.report.allLines("300"))).toBeVisible();
    expect(screen.container.textContent).toContain("line 299");
  });
});
