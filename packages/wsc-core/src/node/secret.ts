import { inspect } from "node:util";

const mask = "[redacted]";

/**
 * A value that must not be shown. Prints as [redacted] in templates, JSON, logs and the inspector; only `reveal()` returns the
 * value, which makes every use easy to search for.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}
