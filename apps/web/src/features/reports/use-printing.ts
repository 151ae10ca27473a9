import { useCallback, useEffect, useMemo, useState } from "react";
import { loadMessages } from "../../messages/language.ts";
import { useFormats, type Wording } from "../../messages/messages-context.tsx";
import { createWording } from "../../messages/wording.ts";
import type { PrintChoice } from "./print-choice.ts";

/** The options with the texts of their language. */
export interface Printing extends PrintChoice {
  readonly wording: Wording;
  /** Whether the findings of a long report are rendered in full, which the screen does not do. */
  readonly hasBlocks: boolean;
  /** Called when they are rendered. */
  readonly onReady: () => void;
}

interface Print {
  /** The print in progress. */
  readonly printing: Printing | null;
  /** Rejects when the texts of the language cannot be loaded. */
  readonly print: (choice: PrintChoice) => Promise<void>;
}

/** Opens the print dialog once the page is rendered as chosen, and restores it afterwards. `isLong`: the screen shows rows. */
export function usePrinting(isLong: boolean): Print {
  const [chosen, setChosen] = useState<(PrintChoice & { readonly wording: Wording }) | null>(null);
  const { zone } = useFormats();
  const [isDrawn, setDrawn] = useState(false);
  const hasBlocks = isLong && chosen !== null && chosen.evidence !== "none";
  const onReady = useCallback(() => setDrawn(true), []);
  useEffect(() => {
    if (chosen === null || (hasBlocks && !isDrawn)) return;
    const { documentElement } = document;
    const { lang } = documentElement;
    const end = (): void => {
      setChosen(null);
      setDrawn(false);
    };
    documentElement.lang = chosen.language;
    addEventListener("afterprint", end, { once: true });
    window.print();
    return () => {
      removeEventListener("afterprint", end);
      documentElement.lang = lang;
    };
  }, [chosen, hasBlocks, isDrawn]);
  const print = async (choice: PrintChoice): Promise<void> => {
    const messages = await loadMessages(choice.language);
    setChosen({ ...choice, wording: createWording(choice.language, messages, zone) });
  };
  const printing = useMemo(
    () => (chosen === null ? null : { ...chosen, hasBlocks, onReady }),
    [chosen, hasBlocks, onReady],
  );
  return { printing, print };
}
