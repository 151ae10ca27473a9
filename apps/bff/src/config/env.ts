import { type SettingName, settingNames, settingOf, settings } from "./settings.ts";

/** Environment variables as the process received them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns a copy of the process environment and removes secrets from the process, so that no child process or dump contains them.
 * The only code that reads `process.env`.
 */
export function takeEnvironment(): Environment {
  const copy = { ...process.env };
  delete process.env.WSC_TOKEN;
  for (const name of settingNames) if (settingOf(name).isSecret) delete process.env[name];
  return copy;
}

const isName = (name: string): name is SettingName => Object.hasOwn(settings, name);

/** The setting that a variable name belongs to, directly or as `_FILE` of a secret. */
function meantBy(name: string): SettingName | null {
  if (isName(name)) return name;
  const base = name.endsWith("_FILE") ? name.slice(0, -"_FILE".length) : "";
  return isName(base) && settingOf(base).isSecret ? base : null;
}

/** Letters and digits only, to match names that differ in punctuation or case. */
const lettersOf = (name: string): string => name.replace(/[^A-Za-z0-9]/g, "").toUpperCase();

const byLetters = new Map(
  settingNames.flatMap((name): [string, string][] => [
    [lettersOf(name), name],
    ...(settingOf(name).isSecret ? [[lettersOf(`${name}_FILE`), `${name}_FILE`] as [string, string]] : []),
  ]),
);

/**
 * Names that equal a setting's except for invisible characters, such as the byte order mark at the start of a file: the setting
 * would be ignored silently.
 */
export function misspelledNames(environment: Environment): { readonly name: string; readonly problem: string }[] {
  return Object.keys(environment).flatMap((name) => {
    const plain = name.replace(/[^\x21-\x7e]/gu, "");
    if (plain === name || meantBy(plain) === null) return [];
    const what = name.startsWith("\u{feff}") ? "a byte order mark (U+FEFF)" : "characters that are not seen";
    return [
      { name: plain, problem: `stands in the environment with ${what} in its name; save its file as UTF-8 without` },
    ];
  });
}

/** Variables that only the `wsc` client reads. */
const clientNames: ReadonlySet<string> = new Set(["WSC_URL", "WSC_TOKEN", "WSC_TOKEN_FILE"]);

/** Unknown names that start with WSC_, most likely typing errors, with the setting that is probably meant. */
export function unknownSettings(environment: Environment): { readonly name: string; readonly meant: string | null }[] {
  return Object.keys(environment)
    .filter((name) => /^wsc_/i.test(name) && meantBy(name) === null && !clientNames.has(name))
    .map((name) => ({ name, meant: byLetters.get(lettersOf(name)) ?? null }));
}
