import { describe, expect, it } from "vitest";
import { en } from "../messages/en.ts";
import { createFormats } from "../messages/formats.ts";
import { localTimeText, startTimeText } from "./start-time.ts";

describe("the text of a chosen start time", () => {
  it("does not name the zone of a time that is not chosen yet", () => {
    const formats = createFormats("en", "UTC", en.formatWords);
    const when = { kind: "at", localTime: "", zone: "Asia/Seoul" } as const;
    expect(startTimeText({ ...en, errors: {} } as never, formats, when)).toBe(en.create.whenAt);
  });

  it("is the typed time when the wall time does not exist", () => {
    const gap = { localTime: "2027-03-28T02:30", zone: "Europe/Berlin" };
    expect(localTimeText(createFormats("en", "UTC", en.formatWords), gap)).toBe("2027-03-28T02:30 (Europe/Berlin)");
  });
});
