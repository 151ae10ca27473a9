import { itemCatalogue } from "@wsc-dashboard/wsc-core";
import { allChecks } from "./scanner/checks/all-checks.ts";

/** The words for single items: those the vendor prints, then those of our own checks, whose spelling is modelled. */
export const itemWords: readonly string[] = [
  ...new Set([
    ...itemCatalogue.map(({ word }) => word).filter((word) => word !== "ALL"),
    ...allChecks.map(({ item }) => item),
  ]),
];
