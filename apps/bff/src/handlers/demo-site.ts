import { WscError } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";
import { textWithin } from "../identity/bounded-fetch.ts";

const limitMs = 5000;

const weaknessSchema = z.object({
  id: z.string(),
  item: z.string(),
  method: z.string(),
  path: z.string(),
  parameter: z.string(),
  reach: z.string(),
  fromStart: z.boolean(),
});
type Weakness = z.output<typeof weaknessSchema>;
const weaknessesSchema = z.object({ weaknesses: z.array(weaknessSchema) });

const loginSchema = z.object({
  page: z.string(),
  action: z.string(),
  idParameter: z.string(),
  passwordParameter: z.string(),
  id: z.string(),
  password: z.string(),
});

/**
 * The demo site beside the emulator, by its control endpoint. Every call throws 160353 when it is not reached or answers
 * otherwise than expected.
 */
export function createDemoSite(origin: string) {
  async function call<Schema extends z.ZodMiniType>(
    schema: Schema,
    method: "GET" | "POST",
    path: string,
    body?: unknown,
  ): Promise<z.output<Schema>> {
    try {
      const answer = await fetch(`${origin}/control${path}`, {
        method,
        headers: { "X-WSC-Control": "1", "Content-Type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: "error",
        signal: AbortSignal.timeout(limitMs),
      });
      return schema.parse(JSON.parse(await textWithin(answer)));
    } catch (cause) {
      throw new WscError("160353", "the demo site did not answer as expected", { cause });
    }
  }

  return {
    origin,
    /** The form sign-in of its only member. */
    async signIn() {
      const { page, action, idParameter, passwordParameter, id, password } = await call(loginSchema, "GET", "/login");
      return {
        kind: "form",
        pageUrl: new URL(page, origin).href,
        actionUrl: new URL(action, origin).href,
        ...{ idParam: idParameter, idValue: id, passwordParam: passwordParameter, passwordValue: password },
        extra: {},
      } as const;
    },
    /** Repairs the first vulnerability of each of the first `kinds` kinds that a scan without login finds. */
    async patch(kinds: number): Promise<readonly Weakness[]> {
      const { weaknesses } = await call(weaknessesSchema, "GET", "/weaknesses");
      const found = weaknesses.filter(({ reach, fromStart }) => reach === "everyone" && fromStart);
      const firsts = Map.groupBy(found, ({ item }) => item).values();
      const chosen = [...firsts].flatMap(([first]) => first ?? []).slice(0, kinds);
      await call(weaknessesSchema, "POST", "/patch", { ids: chosen.map(({ id }) => id) });
      return chosen;
    },
    async reset(): Promise<void> {
      await call(weaknessesSchema, "POST", "/reset");
    },
  };
}
