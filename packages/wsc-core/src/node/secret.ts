import { inspect } from "node:util";

const mask = "[redacted]";

/**
 * A value that must not be seen. It prints as [redacted] in templates, JSON, logs and the inspector; `reveal()` is the
 * only way to the value, and easy to search for.
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
