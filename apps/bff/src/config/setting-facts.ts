import type { Environment } from "./env.ts";
import { trimmed } from "./setting-text.ts";
import { type SettingName, settingNames, settingOf } from "./settings.ts";

/** A setting as it is in force. The value of a secret is never part of it. */
export interface SettingFact {
  readonly name: SettingName;
  readonly isSecret: boolean;
  readonly isSet: boolean;
  /** What holds, given or by default; `null` for secrets and for what is neither set nor has a default. */
  readonly value: string | null;
  readonly isDefault: boolean;
}

const given = (environment: Environment, name: string): string | undefined =>
  trimmed(environment[name] ?? "") || undefined;

/** Every setting of the environment, in the order of the documentation. */
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
