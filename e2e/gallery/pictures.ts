import { join } from "node:path";
import { root } from "../../scripts/toolchain.mjs";

/** One page in one state, as one person sees it. */
export interface Picture {
  readonly part: string;
  readonly state: string;
  readonly language: string;
  readonly theme: string;
  /** Of the window, in CSS pixels. */
  readonly width: number;
}

export const galleryDirectory = join(root, ".cache", "gallery");
export const widths = [1440, 1024, 768, 320] as const;

const slugOf = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

export const fileNameOf = ({ part, state, language, theme, width }: Picture): string =>
  `${slugOf(part)}.${slugOf(state)}.${language}.${theme}.${width}.png`;

export const listFileOf = (part: string, language: string): string => `${slugOf(part)}.${language}.json`;
