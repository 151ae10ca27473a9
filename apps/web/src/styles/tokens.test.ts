import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--color-([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, [light, dark] as const],
  ),
);

/** WCAG 2 relative luminance of #rrggbb. */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string, theme: 0 | 1): number {
  const [x, y] = [a, b].map((name) => {
    const pair = tokens.get(name);
    if (!pair) throw new Error(`no token ${name}`);
    return luminance(pair[theme]);
  }) as [number, number];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const themes = [
  ["light", 0],
  ["dark", 1],
] as const;
const grounds = ["canvas", "surface", "raised", "sunken", "selected"];
const texts = ["text", "text-2", "text-3", "accent"];
const onSoft = ["high", "medium", "low", "neutral", "done"];

describe.each(themes)("in the %s theme", (_, theme) => {
  it.each(texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)))(
    "%s can be read on %s",
    (text, ground) => {
      expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(onSoft)("text of %s has sufficient contrast on its background and on the page", (name) => {
    expect(contrast(`${name}-text`, `${name}-soft`, theme)).toBeGreaterThanOrEqual(7);
    for (const ground of ["canvas", "surface", "raised"]) {
      expect(contrast(`${name}-text`, ground, theme)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("text in error and warning blocks has sufficient contrast", () => {
    for (const ground of ["high-soft", "medium-soft"]) {
      for (const text of ["text", "text-2", "accent"]) {
        expect(contrast(text, ground, theme), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it("buttons have sufficient contrast at rest and on hover", () => {
    for (const [text, ground] of [
      ["on-accent", "accent"],
      ["on-accent", "accent-hover"],
      ["on-high", "high"],
      ["on-high", "high-text"],
      ["text", "accent-soft"],
    ] as const) {
      expect(contrast(text, ground, theme), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(["high", "medium", "low", "neutral", "done", "control", "focus", "accent"])(
    "the shapes and lines of %s can be seen",
    (name) => {
      for (const ground of ["canvas", "surface", "raised", "sunken", "selected"]) {
        expect(contrast(name, ground, theme), ground).toBeGreaterThanOrEqual(3);
      }
    },
  );
});

it("every colour has a light and a dark value, and print is light", () => {
  const named = css.match(/--color-[a-z0-9-]+: (?!light-dark|var\()/g) ?? [];
  // The one exception is the white paper.
  expect(named).toHaveLength(1);
  expect(css).toMatch(/@media print[^@]*color-scheme: light/);
});

it("the weights are the two that Korean and Japanese system fonts have", () => {
  expect([...css.matchAll(/--font-weight-\w+: (\d+)/g)].map(([, weight]) => weight)).toEqual(["400", "700"]);
});
