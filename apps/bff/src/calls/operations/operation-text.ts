import type { BffApi, Endpoint, WireInput, WireOutput } from "@wsc-dashboard/wsc-core";

type Written<E extends Endpoint> = E extends { answer: "file" } ? unknown : { readonly answer: WireOutput<E> };
type Sent<E extends Endpoint> = E extends { body: NonNullable<Endpoint["body"]> }
  ? { readonly body: Pick<WireInput<E> & { body: unknown }, "body">["body"] }
  : unknown;

/** What the OpenAPI document says about an operation beyond its schemas; a test validates the examples. */
type TextOf<E extends Endpoint> = { readonly summary: string } & Written<E> & Sent<E>;

/** The untyped form for any operation. */
export interface OperationText {
  readonly summary: string;
  readonly answer?: unknown;
  readonly body?: unknown;
}

/** A text for every operation of the API; a missing one is a compile error. */
export type OperationTexts<Nouns extends keyof BffApi = keyof BffApi> = {
  readonly [N in Nouns]: { readonly [V in keyof BffApi[N]]: TextOf<Extract<BffApi[N][V], Endpoint>> };
};
