import { demoWords } from "./demo-words.ts";
import type { DemoWords } from "./en/demo.ts";
import { useFormats } from "./messages-context.tsx";

/** What the page of the demo says, in the chosen language. */
export function useDemoWords(): DemoWords {
  return demoWords[useFormats().language];
}
