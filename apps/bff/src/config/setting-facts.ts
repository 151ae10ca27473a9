import type { Environment } from "./env.ts";
import { trimmed } from "./setting-text.ts";
import { type SettingName, settingNames, settingOf } from "./settings.ts";

/** The effective state of a setting, without the value of a secret. */
export interface SettingFact {
  readonly name: SettingName;
  readonly isSecret: boolean;
  readonly isSet: boolean;
  /** The effective value, set or default; `null` for secrets, and when neither exists. */
  readonly value: string | null;
  readonly isDefault: boolean;
}

const given = (environment: Environment, name: string): string | undefined =>
  trimmed(environment[name] ?? "") || undefined;

/** All settings, in the order of the documentation. */
export function describeSettings(environment: Environment): SettingFact[] {
  return settingNames.map((name) => {
    const { isSecret, default: fallback } = settingOf(name);
    const value = given(environment, name);
    const file = isSecret ? given(environment, `${name}_FILE`) : undefined;
    return {
      name,
      isSecret,
      isSet: value !== undefined || file !== undefined,
      value: isSecret ? null : (value ?? (fallback || null)),
      isDefault: value === undefined && file === undefined,
    };
  });
}
