export type Command =
  | "search"
  | "newJob"
  | "nextRow"
  | "previousRow"
  | "select"
  | "scanAgain"
  | "nextFinding"
  | "previousFinding"
  | "toggleEvidence"
  | "copyLink"
  | "goOverview"
  | "goJobs"
  | "goTargets"
  | "goSchedules"
  | "goAudit"
  | "goSettings"
  | "help";

interface Pressed {
  readonly code: string;
  readonly key: string;
  readonly shiftKey: boolean;
}

// Punctuation is on different keys in different layouts, so it is matched by `key`.
const bySign: Readonly<Record<string, Command>> = {
  "/": "search",
  "?": "help",
  "[": "previousFinding",
  "]": "nextFinding",
};
// Letters are matched by `code`, so the same key works in Hangul and kana layouts.
const byCode: Readonly<Record<string, Command>> = {
  KeyN: "newJob",
  KeyJ: "nextRow",
  KeyK: "previousRow",
  KeyX: "select",
  KeyR: "scanAgain",
  KeyE: "toggleEvidence",
  KeyY: "copyLink",
};
const afterG: Readonly<Record<string, Command>> = {
  KeyH: "goOverview",
  KeyS: "goJobs",
  KeyT: "goTargets",
  KeyD: "goSchedules",
  KeyA: "goAudit",
  KeyO: "goSettings",
};
const signCodes: Readonly<Record<string, Command>> = {
  Slash: "search",
  BracketLeft: "previousFinding",
  BracketRight: "nextFinding",
};

/** The command of a key press; `isAfterG`: whether G was pressed just before. */
export function commandOf({ code, key, shiftKey }: Pressed, isAfterG: boolean): Command | null {
  if (isAfterG) return afterG[code] ?? null;
  const sign = bySign[key];
  if (sign !== undefined) return sign;
  if (shiftKey) return code === "Slash" ? "help" : null;
  if (byCode[code] !== undefined) return byCode[code];
  const isAscii = /^[\x20-\x7e]$/.test(key);
  return isAscii ? null : (signCodes[code] ?? null);
}

/** Ctrl+K or ⌘K: matches the key that types K in Latin layouts. */
export function isGoTo(
  event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
): boolean {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  const isK = /^[a-z]$/i.test(key) ? key.toLowerCase() === "k" : code === "KeyK";
  return isK && ctrlKey !== metaKey && !altKey && !shiftKey;
}
