import { type SettingName, settingNames, settingOf, settings } from "./settings.ts";

/** Names and texts as the process got them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A copy of the process environment; secrets are taken out of the process so that no child or dump has them. The only
 * place that reads it.
 */
export function takeEnvironment(): Environment {
  const copy = { ...process.env };
  delete process.env.WSC_TOKEN;
  for (const name of settingNames) if (settingOf(name).isSecret) delete process.env[name];
  return copy;
}

const isName = (name: string): name is SettingName => Object.hasOwn(settings, name);

/** The setting that a name means: by itself, or as the file of a secret. */
function meantBy(name: string): SettingName | null {
  if (isName(name)) return name;
  const base = name.endsWith("_FILE") ? name.slice(0, -"_FILE".length) : "";
  return isName(base) && settingOf(base).isSecret ? base : null;
}

/** Letters and digits alone, so that names that differ in a sign or a case meet. */
const lettersOf = (name: string): string => name.replace(/[^A-Za-z0-9]/g, "").toUpperCase();

const byLetters = new Map(
  settingNames.flatMap((name): [string, string][] => [
    [lettersOf(name), name],
    ...(settingOf(name).isSecret ? [[lettersOf(`${name}_FILE`), `${name}_FILE`] as [string, string]] : []),
  ]),
);

/**
 * Names that equal a setting's except for invisible characters, such as the byte order mark before the first line of a file:
 * what was set would be lost without a word.
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

/** What `wsc` reads where it asks a dashboard; the server reads none of them. */
const clientNames: ReadonlySet<string> = new Set(["WSC_URL", "WSC_TOKEN", "WSC_TOKEN_FILE"]);

/** Names that start with WSC_ but mean nothing: most likely a typing error. With the one that may be meant. */
export function unknownSettings(environment: Environment): { readonly name: string; readonly meant: string | null }[] {
  return Object.keys(environment)
    .filter((name) => /^wsc_/i.test(name) && meantBy(name) === null && !clientNames.has(name))
    .map((name) => ({ name, meant: byLetters.get(lettersOf(name)) ?? null }));
}
