import { describe, expect, it } from "vitest";
import { en } from "../messages/en.ts";
import { createFormats } from "../messages/formats.ts";
import { localTimeText } from "./start-time.ts";

describe("the text of a chosen start time", () => {
  it("is the typed time when the wall time does not exist", () => {
    const gap = { localTime: "2027-03-28T02:30", zone: "Europe/Berlin" };
    expect(localTimeText(createFormats("en", "UTC", en.formatWords), gap)).toBe("2027-03-28T02:30 (Europe/Berlin)");
  });
});
