import * as z from "zod/mini";
import { allDemoSiteWeaknesses, type DemoSiteWeakness, type WeaknessId } from "./demo-site-weaknesses.ts";

const ids = allDemoSiteWeaknesses.map(({ id }) => id);

/** Some weaknesses by id, or all of them. */
export const weaknessChoiceSchema = z.union([z.literal("all"), z.array(z.enum(ids))]);
export type WeaknessChoice = z.output<typeof weaknessChoiceSchema>;

/** Which weaknesses of a demo site are open at the moment. */
export class WeaknessSwitches {
  readonly #open = new Set<WeaknessId>();

  constructor() {
    this.restore();
  }

  isOpen(id: WeaknessId): boolean {
    return this.#open.has(id);
  }

  /** The open ones: what a scan finds, without a sign-in or with a member's. */
  list(visitor: "anonymous" | "member"): readonly DemoSiteWeakness[] {
    return allDemoSiteWeaknesses.filter(
      ({ id, reach }) => this.isOpen(id) && (visitor === "member" || reach === "everyone"),
    );
  }

  /** Repairs. Throws a zod error, changing nothing, when an id is not known. */
  patch(choice: WeaknessChoice): void {
    for (const id of idsOf(choice)) this.#open.delete(id);
  }

  /** Opens, also those that were not there at the start. Throws as `patch` does. */
  plant(choice: WeaknessChoice): void {
    for (const id of idsOf(choice)) this.#open.add(id);
  }

  /** Back to how the site starts. */
  restore(): void {
    this.#open.clear();
    for (const { id, fromStart } of allDemoSiteWeaknesses) if (fromStart) this.#open.add(id);
  }
}

function idsOf(choice: WeaknessChoice): readonly WeaknessId[] {
  const read = weaknessChoiceSchema.parse(choice);
  return read === "all" ? ids : read;
}
