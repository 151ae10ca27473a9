import { useEffect, useState } from "react";
import { loadMessages } from "../../messages/language.ts";
import type { Wording } from "../../messages/messages-context.tsx";
import { createWording } from "../../messages/wording.ts";
import type { PrintChoice } from "./print-choice.ts";

/** A choice with the words of its language. */
interface Printing extends PrintChoice {
  readonly wording: Wording;
}

interface Print {
  /** What is on its way to paper. */
  readonly printing: Printing | null;
  /** Rejects when the words of the language do not come. */
  readonly print: (choice: PrintChoice) => Promise<void>;
}

/** Opens the browser's print dialog once the page is drawn as chosen; afterwards it is as it was. */
export function usePrinting(): Print {
  const [printing, setPrinting] = useState<Printing | null>(null);
  useEffect(() => {
    if (printing === null) return;
    const { documentElement } = document;
    const { lang } = documentElement;
    const end = (): void => setPrinting(null);
    documentElement.lang = printing.language;
    addEventListener("afterprint", end, { once: true });
    window.print();
    return () => {
      removeEventListener("afterprint", end);
      documentElement.lang = lang;
    };
  }, [printing]);
  const print = async (choice: PrintChoice): Promise<void> => {
    const messages = await loadMessages(choice.language);
    setPrinting({ ...choice, wording: createWording(choice.language, messages) });
  };
  return { printing, print };
}
