import type { WizardValues } from "../features/job-wizard/wizard-values.ts";

/** The values of an untouched form. */
export const freshValues: WizardValues = {
  startUrl: "",
  excludeUrls: [],
  items: ["ALL"],
  userAgent: "PC Chrome",
  speed: "1",
  memo: "",
  hosting: "ncloud",
  consent: { textVersion: "1", accepted: false },
  managedConsent: { textVersion: "1", accepted: false },
  signIn: { kind: "none" },
  when: { kind: "now" },
};
