import * as z from "zod/mini";
import { allDemoSiteWeaknesses, type DemoSiteWeakness, type WeaknessId } from "./demo-site-weaknesses.ts";

const ids = allDemoSiteWeaknesses.map(({ id }) => id);

/** Some weaknesses by id, or all of them. */
export const weaknessChoiceSchema = z.union([z.literal("all"), z.array(z.enum(ids))]);
export type WeaknessChoice = z.output<typeof weaknessChoiceSchema>;

/** Which weaknesses of a demo site are currently open. */
export class WeaknessSwitches {
  readonly #open = new Set<WeaknessId>();

  constructor() {
    this.restore();
  }

  isOpen(id: WeaknessId): boolean {
    return this.#open.has(id);
  }

  /** Returns the open ones that a scan finds, without a sign-in or as a member. */
  list(visitor: "anonymous" | "member"): readonly DemoSiteWeakness[] {
    return allDemoSiteWeaknesses.filter(
      ({ id, reach }) => this.isOpen(id) && (visitor === "member" || reach === "everyone"),
    );
  }

  /** Repairs weaknesses. Throws a zod error without any change if an id is unknown. */
  patch(choice: WeaknessChoice): void {
    for (const id of idsOf(choice)) this.#open.delete(id);
  }

  /** Opens weaknesses, including those not present at the start. Throws like `patch`. */
  plant(choice: WeaknessChoice): void {
    for (const id of idsOf(choice)) this.#open.add(id);
  }

  /** Restores the initial state. */
  restore(): void {
    this.#open.clear();
    for (const { id, fromStart } of allDemoSiteWeaknesses) if (fromStart) this.#open.add(id);
  }
}

function idsOf(choice: WeaknessChoice): readonly WeaknessId[] {
  const read = weaknessChoiceSchema.parse(choice);
  return read === "all" ? ids : read;
}
