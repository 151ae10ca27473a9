import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { consentText, consentTextVersions } from "./consent-texts.ts";
import { languages } from "./language.ts";

describe("a published agreement", () => {
  it.each(
    (["job", "managed"] as const).flatMap((kind) =>
      consentTextVersions.flatMap((version) => languages.map((language) => [kind, version, language] as const)),
    ),
  )("%s %s in %s has the hash of its words, so that they cannot change unnoticed", (kind, version, language) => {
    const { text, sha256 } = consentText(kind, version, language);
    expect(createHash("sha256").update(text, "utf8").digest("hex")).toBe(sha256);
  });

  it("is unchanged since its publication", () => {
    expect(consentText("job", "1", "en").sha256).toBe(
      "75871c5fe44db329a9f6cd3b24ed4d10a58e7172f57a42412ab68dea59186ab6",
    );
    expect(consentText("managed", "1", "en").sha256).toBe(
      "9cedafbf0e5acec01b4ffc7ed53bfa6b89f4f25e321f14ae1bcde3ddbe5fa79c",
    );
  });
});
