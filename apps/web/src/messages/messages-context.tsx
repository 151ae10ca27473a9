import { createContext, useContext } from "react";
import type { Messages } from "./en.ts";
import type { Formats } from "./formats.ts";

export interface Wording {
  readonly messages: Messages;
  readonly formats: Formats;
}

export const WordingContext = createContext<Wording | null>(null);

function useWording(): Wording {
  const wording = useContext(WordingContext);
  if (wording === null) throw new Error("messages used outside of their provider");
  return wording;
}

/** The texts of the chosen language. */
export function useMessages(): Messages {
  return useWording().messages;
}

/** Dates, numbers and durations as the chosen language writes them. */
export function useFormats(): Formats {
  return useWording().formats;
}
