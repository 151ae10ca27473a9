const plural = new Intl.PluralRules("en");
const s = (n: number): string => (plural.select(n) === "one" ? "" : "s");

/** What the page of the demo says. */
export const demo = {
  title: "Try the demo",
  intro: (origin: string) =>
    `The demo site at ${origin} is a small shop that is vulnerable on purpose. The emulator scans it: nothing real is touched and nothing is charged.`,
  offer: "This dashboard runs on the emulator, with an invented history.",
  unavailable: "There is no demo site",
  unavailableText: "The demo is available when the dashboard was started with npm start, without a real gateway.",
  consent: (text: string) => `With each scan you agree, as for a real one: “${text}”`,
  stepsLabel: "Steps of the demo",
  steps: {
    scan: { title: "Scan the site", text: "As a visitor without an account.", act: "Start scan" },
    login: {
      title: "Scan it with a login",
      text: "The dashboard logs in with the site's form, so that the pages of members are scanned too.",
      act: "Start scan with login",
    },
    patch: { title: "Patch three vulnerabilities", text: "As your developers would do.", act: "Patch" },
    rescan: {
      title: "Re-scan",
      text: "Repeats the first scan with the same settings, to check what was fixed.",
      act: "Start re-scan",
    },
    compare: {
      title: "Compare",
      text: "Shows what is fixed, what remains and what is new between the first scan and its re-scan.",
      act: "Compare",
    },
  },
  after: {
    login: "After step 1.",
    patch: "After step 1.",
    rescan: "After steps 1 and 3.",
    compare: "After step 4.",
  },
  afterRunning: "After the running scan.",
  starting: "Starting…",
  requested: "Requested…",
  findings: (n: number, text: string) => `${text} finding${s(n)}`,
  report: "Report",
  reportOf: (step: string) => `Report: ${step}`,
  patched: (texts: string) => `Patched: ${texts}`,
  failed: "This step did not succeed",
  startOver: "Start over",
  startOverNote: "Restores the vulnerabilities of the demo site. Scans and reports stay.",
};
export type DemoWords = typeof demo;
