/** The languages of the product, in the order in which they are offered. Screens, reports and agreement texts exist in all of them. */
export const languages = ["ko", "ja", "en"] as const;
export type Language = (typeof languages)[number];
