import { AsyncLocalStorage } from "node:async_hooks";

const people = new AsyncLocalStorage<string>();

/** Does the work for a person: whatever it leads to knows for whom. */
export const workFor = <Value>(personId: string, work: () => Value): Value => people.run(personId, work);

/** For whom this is done; `undefined` for what the dashboard does by itself. */
export const currentPerson = (): string | undefined => people.getStore();
