import { AsyncLocalStorage } from "node:async_hooks";

const people = new AsyncLocalStorage<string>();

/** Runs work on behalf of a person; everything that it calls can read who that is. */
export const workFor = <Value>(personId: string, work: () => Value): Value => people.run(personId, work);

/** The person on whose behalf the current work runs; `undefined` for work of the dashboard itself. */
export const currentPerson = (): string | undefined => people.getStore();
