import { type Environment, type SettingName, settings } from "./env.ts";

/** A setting as it is in force. The value of a secret is never part of it. */
export interface SettingFact {
  readonly name: SettingName;
  readonly isSecret: boolean;
  readonly isSet: boolean;
  /** What holds, given or by default; `null` for secrets and for what is neither set nor has a default. */
  readonly value: string | null;
  readonly isDefault: boolean;
}

const given = (environment: Environment, name: string): string | undefined => environment[name]?.trim() || undefined;

/** Every setting of the environment, in the order of the documentation. */
export function describeSettings(environment: Environment): SettingFact[] {
  return Object.entries(settings).map(([key, setting]) => {
    const name = key as SettingName;
    const value = given(environment, name);
    const file = setting.secret ? given(environment, `${name}_FILE`) : undefined;
    const fallback = "fallback" in setting ? setting.fallback : null;
    return {
      name,
      isSecret: setting.secret,
      isSet: value !== undefined || file !== undefined,
      value: setting.secret ? null : (value ?? fallback),
      isDefault: value === undefined && file === undefined,
    };
  });
}
