import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generatedPages, generatedSiteAnswer, plantedWeaknesses } from "./testing/generated-site.ts";
import { findingLine, scanAll, scanRequest } from "./testing/scan-request.ts";
import { startRecordingSite } from "./testing/start-recording-site.ts";

describe("a generated site", () => {
  it("has exactly the planted weaknesses", async () => {
    await fc.assert(
      fc.asyncProperty(generatedPages, async (pages) => {
        const site = await startRecordingSite(generatedSiteAnswer(pages, "weak"));
        const findings = await scanAll(scanRequest(`${site.origin}/`));
        expect(findings.map(findingLine).sort()).toEqual(plantedWeaknesses(pages).sort());
      }),
      { numRuns: 25 },
    );
  });

  it("has none when it handles the same parameters safely", async () => {
    await fc.assert(
      fc.asyncProperty(generatedPages, async (pages) => {
        const site = await startRecordingSite(generatedSiteAnswer(pages, "sound"));
        expect(await scanAll(scanRequest(`${site.origin}/`))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
