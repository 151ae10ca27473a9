import type { TargetDetails } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { type DescriptionChange, descriptionAfter } from "./use-describe-many.ts";

const details: TargetDetails = {
  ...{ tags: ["pci", "shop"], owner: "kim", service: "Shop", note: "At night." },
  ...{ version: 3, updatedAt: "2026-11-01T00:00:00Z", updatedBy: "kim" },
};
const change = (some: Partial<DescriptionChange>): DescriptionChange => ({
  ...{ owner: null, service: null, addedTags: [], removedTags: [] },
  ...some,
});

describe("a change of several targets", () => {
  it("changes only what was filled in, and never the note", () => {
    expect(descriptionAfter({ details }, change({ owner: "lee" }))).toEqual({
      ...{ tags: ["pci", "shop"], owner: "lee", service: "Shop", note: "At night." },
    });
    expect(descriptionAfter({ details }, change({ addedTags: ["new", "pci"], removedTags: ["shop"] }))).toMatchObject({
      ...{ tags: ["new", "pci"], owner: "kim" },
    });
    expect(descriptionAfter({ details: null }, change({ service: "Office" }))).toEqual({
      ...{ tags: [], owner: null, service: "Office", note: null },
    });
  });

  it("is not possible where it would make too many tags", () => {
    const many = Array.from({ length: 20 }, (_, index) => `t${index}`);
    expect(descriptionAfter({ details }, change({ addedTags: many }))).toBeNull();
    expect(descriptionAfter({ details: null }, change({ addedTags: many }))).not.toBeNull();
  });
});
