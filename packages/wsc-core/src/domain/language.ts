/** Languages of the product, in display order. Screens, reports and agreement texts exist in all of them. */
export const languages = ["ko", "ja", "en"] as const;
export type Language = (typeof languages)[number];
