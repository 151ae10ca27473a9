import { wallTimeAt } from "@wsc-dashboard/wsc-core";
import { expect, it } from "vitest";

const zones = [
  "Asia/Seoul",
  "Asia/Tokyo",
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kathmandu",
  "Pacific/Apia",
];
const dayMs = 86_400_000;
const two = (n: number): string => String(n).padStart(2, "0");

it("a browser with Temporal shows the same times as one with Intl alone, around changes of clocks and in old years too", () => {
  expect("Temporal" in globalThis).toBe(true);
  const instants = [
    Date.UTC(2026, 2, 29),
    Date.UTC(2026, 9, 25),
    Date.UTC(2026, 10, 1),
    Date.UTC(1950, 5, 1),
    Date.UTC(1901, 0, 1),
  ];
  for (const zone of zones) {
    const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    for (const start of instants) {
      for (let instant = start - dayMs; instant <= start + dayMs; instant += 900_000) {
        const { year, month, day, hour, minute, second } = wallTimeAt(new Date(instant), zone);
        const shown = `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
        expect(shown, `${zone} ${instant}`).toBe(format.format(instant));
      }
    }
  }
});
