import type { Adapter, AdapterPayload } from "oidc-provider";

/** Keeps the provider library's data in process memory. */
export class MemoryAdapter implements Adapter {
  static readonly #rows = new Map<string, AdapterPayload>();
  readonly #kind: string;

  constructor(kind: string) {
    this.#kind = kind;
  }

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    MemoryAdapter.#rows.set(`${this.#kind}/${id}`, payload);
  }
  async find(id: string): Promise<AdapterPayload | undefined> {
    return MemoryAdapter.#rows.get(`${this.#kind}/${id}`);
  }
  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return [...MemoryAdapter.#rows].find(([key, row]) => key.startsWith(`${this.#kind}/`) && row.uid === uid)?.[1];
  }
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }
  async consume(id: string): Promise<void> {
    const row = await this.find(id);
    if (row) row.consumed = Math.floor(Date.now() / 1000);
  }
  async destroy(id: string): Promise<void> {
    MemoryAdapter.#rows.delete(`${this.#kind}/${id}`);
  }
  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, row] of MemoryAdapter.#rows) if (row.grantId === grantId) MemoryAdapter.#rows.delete(key);
  }
}
