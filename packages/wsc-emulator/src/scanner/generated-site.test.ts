import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generatedPages, generatedSiteAnswer, plantedWeaknesses } from "./testing/generated-site.ts";
import { findingLine, scanAll, scanRequest } from "./testing/scan-request.ts";
import { startRecordingSite } from "./testing/start-recording-site.ts";

describe("a site nobody has seen before", () => {
  it("is found to have exactly the weaknesses planted in it", async () => {
    await fc.assert(
      fc.asyncProperty(generatedPages, async (pages) => {
        const site = await startRecordingSite(generatedSiteAnswer(pages, "weak"));
        const findings = await scanAll(scanRequest(`${site.origin}/`));
        expect(findings.map(findingLine).sort()).toEqual(plantedWeaknesses(pages).sort());
      }),
      { numRuns: 25 },
    );
  });

  it("is found to have none when it treats the same parameters as it should", async () => {
    await fc.assert(
      fc.asyncProperty(generatedPages, async (pages) => {
        const site = await startRecordingSite(generatedSiteAnswer(pages, "sound"));
        expect(await scanAll(scanRequest(`${site.origin}/`))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
