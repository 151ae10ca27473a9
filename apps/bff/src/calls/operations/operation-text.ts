import type { BffApi, Endpoint, WireInput, WireOutput } from "@wsc-dashboard/wsc-core";

type Written<E extends Endpoint> = E extends { answer: "file" } ? unknown : { readonly answer: WireOutput<E> };
type Sent<E extends Endpoint> = E extends { body: NonNullable<Endpoint["body"]> }
  ? { readonly body: Pick<WireInput<E> & { body: unknown }, "body">["body"] }
  : unknown;

/** What the OpenAPI document says of an operation beyond its schemas; the examples are read by them in a test. */
type TextOf<E extends Endpoint> = { readonly summary: string } & Written<E> & Sent<E>;

/** The same of any operation. */
export interface OperationText {
  readonly summary: string;
  readonly answer?: unknown;
  readonly body?: unknown;
}

/** A text for every operation of the API: one that is missing does not compile. */
export type OperationTexts<Nouns extends keyof BffApi = keyof BffApi> = {
  readonly [N in Nouns]: { readonly [V in keyof BffApi[N]]: TextOf<Extract<BffApi[N][V], Endpoint>> };
};
