import { readFileSync } from "node:fs";
import type { Environment } from "./env.ts";
import { problemOfText, type Reading, textOfFile, trimmed } from "./setting-text.ts";
import { type SettingName, type SettingValue, settingOf, settings } from "./settings.ts";

/** Reads settings and collects their problems, so that all are reported at once. */
export class SettingReader {
  /** Problems that prevent the start. */
  readonly problems: string[] = [];
  /** Probable mistakes that do not prevent the start. */
  readonly warnings: string[] = [];
  readonly #environment: Environment;
  readonly #read = new Map<SettingName, unknown>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  problem(name: SettingName, sentence: string): void {
    this.problems.push(`${name}: ${sentence}`);
  }

  warn(name: SettingName, sentence: string): void {
    this.warnings.push(`${name}: ${sentence}`);
  }

  /** Whether the setting is set, even to its default. */
  isGiven(name: SettingName): boolean {
    return this.#given(name) !== "" || (settingOf(name).isSecret && this.#given(`${name}_FILE`) !== "");
  }

  /** Whether it consists of white space only, and so counts as not set. */
  isBlank(name: SettingName): boolean {
    return (this.#environment[name] ?? "") !== "" && this.#given(name) === "";
  }

  /** The value of a setting. If it is invalid, records a problem once and returns the value of an unset one. */
  get<Name extends SettingName>(name: Name): SettingValue<Name> {
    if (!this.#read.has(name)) this.#read.set(name, this.#parse(name));
    return this.#read.get(name) as SettingValue<Name>;
  }

  /** The value; if it is not set, records a problem and returns null. */
  required<Name extends SettingName>(name: Name, why = "is required"): NonNullable<SettingValue<Name>> | null {
    const before = this.problems.length;
    const value = this.get(name);
    if (value === null && !this.isGiven(name) && this.problems.length === before) this.problem(name, why);
    return value as NonNullable<SettingValue<Name>> | null;
  }

  /** Unwraps a further parsing step of a setting; records its problem and returns null. */
  take<Value>(name: SettingName, reading: Reading<Value>): Value | null {
    if ("value" in reading) return reading.value;
    this.problem(name, reading.problem);
    return null;
  }

  #given(name: string): string {
    return trimmed(this.#environment[name] ?? "");
  }

  #parse(name: SettingName): unknown {
    const setting = settings[name];
    const text = this.#text(name);
    if (text === null || text === "") return setting.unset;
    const problem = problemOfText(text, setting.shape);
    const reading: Reading<unknown> = problem === null ? setting.read(text) : { problem };
    if ("value" in reading) return reading.value;
    this.problem(name, reading.problem);
    return setting.unset;
  }

  #text(name: SettingName): string | null {
    const text = this.#given(name);
    const file = settingOf(name).isSecret ? this.#given(`${name}_FILE`) : "";
    if (file === "") return text;
    if (text === "") return this.#textOf(name, file);
    this.problem(name, `set either ${name} or ${name}_FILE, not both`);
    return null;
  }

  #textOf(name: SettingName, file: string): string | null {
    const where = `the file named by ${name}_FILE`;
    try {
      const reading = textOfFile(readFileSync(file));
      const text = "value" in reading ? trimmed(reading.value) : null;
      if (text === "") this.problem(name, `${where} is empty`);
      if ("problem" in reading) this.problem(name, `${where} ${reading.problem}`);
      return text;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
      this.problem(name, `${where} cannot be read (${code})`);
      return null;
    }
  }
}
