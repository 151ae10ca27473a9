import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { createClient, type TransportAnswer, type TransportRequest } from "./create-client.ts";
import { endpoint } from "./endpoint.ts";

const entry = z.object({ number: z.string() });
const contract = {
  things: {
    list: endpoint({
      method: "GET",
      path: "/api/things",
      roles: ["viewer"],
      query: z.object({ page: z.optional(z.string()) }),
      response: z.object({ title: z.string(), entries: z.array(entry), note: z.string() }),
      longField: { name: "entries", entries: z.array(entry) },
      status: 200,
    }),
    get: endpoint({
      method: "GET",
      path: "/api/things/:id",
      roles: ["viewer"],
      params: z.object({ id: z.string() }),
      response: z.object({ id: z.string() }),
      status: 200,
    }),
    change: endpoint({
      method: "POST",
      path: "/api/things/:id",
      roles: ["operator"],
      params: z.object({ id: z.string() }),
      response: z.object({ id: z.string() }),
      status: 200,
    }),
  },
};

/** A server that answers what `answerOf` says, and a client of it. */
function serving(answerOf: (request: TransportRequest) => Partial<TransportAnswer>) {
  const requests: TransportRequest[] = [];
  let pauses = 0;
  const client = createClient(
    contract,
    async (request) => {
      requests.push(request);
      return { ok: true, status: 200, etag: null, body: undefined, ...answerOf(request) };
    },
    {
      pause: async () => {
        pauses += 1;
      },
    },
  );
  return { client, requests, pauses: () => pauses };
}

const longList = (length: number) => ({
  title: "t",
  entries: Array.from({ length }, (_, index) => ({ number: String(index), unknown: 1 })),
  note: "n",
});

describe("a long answer", () => {
  it("is read in steps with a pause before each, and comes to the same as in one go", async () => {
    const { client, pauses } = serving(() => ({ body: longList(1_001) }));
    const read = await client.things.list({ query: {} });
    expect(JSON.stringify(read)).toBe(JSON.stringify(contract.things.list.response.parse(longList(1_001))));
    expect(pauses()).toBe(5);
  });

  it("is refused for one wrong entry anywhere, for a wrong field beside it, and when it is no list", async () => {
    const wrong = [
      { ...longList(1_000), entries: [...longList(1_000).entries, { number: 1 }] },
      { ...longList(1_000), note: 1 },
      { ...longList(1_000), entries: "none" },
      null,
    ];
    for (const body of wrong) {
      const { client } = serving(() => ({ body }));
      await expect(client.things.list({ query: {} })).rejects.toMatchObject({ code: "INTERNAL_ERROR" });
    }
  });
});

describe("an answer that has not changed", () => {
  const tagged = (request: TransportRequest): Partial<TransportAnswer> =>
    request.etag === '"1"' ? { ok: false, status: 304 } : { etag: '"1"', body: { id: request.path } };

  it("is asked for with its tag, and is the same object as before", async () => {
    const { client, requests } = serving(tagged);
    const first = await client.things.get({ params: { id: "a" } });
    expect(await client.things.get({ params: { id: "a" } })).toBe(first);
    expect(requests.map(({ etag }) => etag)).toEqual([null, '"1"']);
  });

  it("is not taken for another path, for a change, or without a tag of its own", async () => {
    const { client, requests } = serving(tagged);
    await client.things.get({ params: { id: "a" } });
    await client.things.get({ params: { id: "b" } });
    await client.things.change({ params: { id: "a" } });
    expect(requests.map(({ etag }) => etag)).toEqual([null, null, null]);
    const untagged = serving(() => ({ body: { id: "a" } }));
    await untagged.client.things.get({ params: { id: "a" } });
    await untagged.client.things.get({ params: { id: "a" } });
    expect(untagged.requests.map(({ etag }) => etag)).toEqual([null, null]);
  });

  it("is no answer to somebody who has none", async () => {
    const { client } = serving(() => ({ ok: false, status: 304 }));
    await expect(client.things.get({ params: { id: "a" } })).rejects.toMatchObject({ code: "INTERNAL_ERROR" });
  });

  it("was another one in between when the server says so", async () => {
    let version = 1;
    const { client } = serving(({ etag }) =>
      etag === String(version) ? { ok: false, status: 304 } : { etag: String(version), body: { id: String(version) } },
    );
    const get = () => client.things.get({ params: { id: "a" } });
    expect(await get()).toEqual({ id: "1" });
    version = 2;
    expect(await get()).toEqual({ id: "2" });
    expect(await get()).toEqual({ id: "2" });
  });
});
