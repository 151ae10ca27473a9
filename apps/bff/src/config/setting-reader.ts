import { readFileSync } from "node:fs";
import { Secret } from "@wsc-dashboard/wsc-core/node";
import { isLoopbackHost } from "../http/loopback.ts";
import { type Environment, type SettingName, settings } from "./env.ts";

/** Reads settings one by one and remembers what is wrong with them, so that all of it is said at once. */
export class SettingReader {
  readonly problems: string[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  problem(name: SettingName, sentence: string): void {
    this.problems.push(`${name}: ${sentence}`);
  }

  text(name: SettingName): string | null {
    const setting: { secret: boolean; fallback?: string } = settings[name];
    const value = this.#environment[name]?.trim();
    const fromValue = value === undefined || value === "" ? (setting.fallback ?? null) : value;
    if (!setting.secret) return fromValue;
    const file = this.#environment[`${name}_FILE`]?.trim();
    if (file === undefined || file === "") return fromValue;
    if (fromValue !== null) {
      this.problem(name, `set either ${name} or ${name}_FILE, not both`);
      return null;
    }
    try {
      const content = readFileSync(file, "utf8").trim();
      if (content !== "") return content;
      this.problem(name, `the file named by ${name}_FILE is empty`);
    } catch {
      this.problem(name, `the file named by ${name}_FILE cannot be read`);
    }
    return null;
  }

  /** Whether somebody set it, be it to what it would be anyway. */
  isGiven(name: SettingName): boolean {
    return (this.#environment[name] ?? "").trim() !== "";
  }

  secret(name: SettingName): Secret {
    const before = this.problems.length;
    const value = this.text(name);
    if (value === null && this.problems.length === before) this.problem(name, "is required");
    if (value !== null && !/^[\x21-\x7e]+$/.test(value))
      this.problem(name, "holds characters that cannot stand in a header");
    return new Secret(value ?? "");
  }

  word<const W extends string>(name: SettingName, words: readonly W[]): W | null {
    const value = this.text(name);
    if (value === null) {
      this.problem(name, `is required: one of ${words.join(", ")}`);
      return null;
    }
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) this.problem(name, `is none of ${words.join(", ")}`);
    return word ?? null;
  }

  whole(name: SettingName, minimum: number, maximum: number): number {
    const value = this.text(name) ?? "";
    const number = /^[0-9]{1,12}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= minimum && number <= maximum) return number;
    this.problem(name, `is not a whole number from ${minimum} to ${maximum}`);
    return minimum;
  }

  /** The parts of a comma-separated list. */
  list(name: SettingName): string[] {
    return (this.text(name) ?? "")
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "");
  }

  flag(name: SettingName): boolean {
    const value = this.text(name);
    if (value !== null && value !== "true" && value !== "false") this.problem(name, "is neither true nor false");
    return value === "true";
  }

  /** An absolute address; https everywhere, http on this machine only. */
  url(name: SettingName, text: string): string {
    const url = URL.canParse(text) ? new URL(text) : null;
    const isBare = url !== null && url.username === "" && url.password === "" && url.hash === "";
    if (url === null || !isBare || !/^https?:$/.test(url.protocol)) {
      this.problem(name, "is not an address such as https://host/path");
    } else if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
      this.problem(name, "must be https; http is for loopback addresses only");
    }
    return text;
  }

  /** Scheme, host and port; https everywhere, http on this machine only (`anyHttp`: http anywhere). */
  origin(name: SettingName, text: string, anyHttp = false): string {
    const url = URL.canParse(text) ? new URL(text) : null;
    const bare = url !== null && url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
    if (url === null || !bare || !/^https?:$/.test(url.protocol)) {
      this.problem(name, "is not an origin such as https://host or https://host:port");
      return "";
    }
    if (url.protocol === "http:" && !anyHttp && !isLoopbackHost(url.hostname)) {
      this.problem(name, "must be https; http is for loopback addresses only");
    }
    return url.origin;
  }
}
