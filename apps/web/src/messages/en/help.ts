export const help = {
  title: "Help",
  contents: "On this page",
  apiLink: "API for programs",
  topics: {
    "first-scan": {
      title: "The first scan",
      text: [
        "Open “Jobs” and choose “New job”. Enter the start URL: the address where crawling begins, with https:// or http://.",
        "Choose how the scanner signs in to the target, if pages that require it are to be scanned, and test the sign-in before you go on.",
        "On the review page read what will be sent and what it may cost, and agree. Nothing is sent before that click, and a paid request is never sent twice.",
        "The job page shows the progress. When the scan has completed, its report opens from there. A scan takes minutes to hours, depending on the target.",
      ],
    },
    rescan: {
      title: "Re-scans",
      text: [
        "A re-scan repeats a finished scan to check what was fixed. It needs the same host and address, must begin within 60 days of the end of the first scan, and is possible at most three times.",
        "The dashboard shows how many are left as far as it knows. NAVER Cloud decides: code 160455 means that the request does not count as a re-scan. Start it as a new job then.",
      ],
    },
    "not-retested": {
      title: "What “not re-tested” means",
      text: [
        "A finding that is missing from the later report counts as fixed only if the later scan tested the same place with the same check.",
        "Otherwise it is “not re-tested”: the later scan ended early, collected too few URLs, was not signed in, left out the check or the address, or its report could not be read in full. Do not treat such a finding as fixed.",
      ],
    },
    "one-year": {
      title: "The one-year limit",
      text: [
        "NAVER Cloud lets a report be viewed for one year. From that instant on the dashboard shows no report, export or count of it, and keeps no copy.",
        "Export the report before then if you need it longer. Lists show the days that are left.",
      ],
    },
    times: {
      title: "Time zones",
      text: [
        "All times of a page are in one zone, named at its foot: your own choice, or else the zone of the dashboard. The language makes no difference. Exports and prints use the same zone; a schedule runs in the zone that was chosen for it.",
      ],
    },
    errors: { title: "Error codes", text: ["Digits are codes of NAVER Cloud, words are codes of this dashboard."] },
    shortcuts: {
      title: "Keyboard shortcuts",
      text: ["Single keys can be switched off; they are ignored while you type."],
    },
    glossary: { title: "Glossary", text: [] },
    changes: { title: "Version and changes", text: ["The list of changes is in English."] },
  },
  errorFilter: "Find a code or a word",
  allCodes: (total: string) => `All ${total} codes`,
  errorsShown: (shown: string, total: string) => `${shown} of ${total} codes`,
  code: "Code",
  meaning: "What it means",
  whatToDo: "What to do",
  glossary: {
    job: ["Job", "One scan in Web Security Checker, with its own number."],
    target: ["Target", "A host that is scanned."],
    check: ["Check", "A kind of vulnerability that is tested."],
    finding: ["Finding", "One vulnerability at one place, in a report."],
    severity: ["Severity", "The risk level that NAVER Cloud gives a finding: high, medium or low."],
    request: ["Request", "A job on its way: from the click until NAVER Cloud lists the job."],
    inDoubt: [
      "In doubt",
      "It is not known whether a request created a job. The dashboard looks for it and sends nothing again meanwhile.",
    ],
    reservation: ["Reservation", "A request that is due later."],
    schedule: ["Schedule", "A rule that makes requests repeatedly."],
    verdict: ["Verdict", "What people decided about a finding."],
    consent: ["Consent", "A recorded agreement to responsibility and fees."],
  },
  version: (version: string) => `This is version ${version}.`,
  keyList: {
    search: "Go to the search field",
    newJob: "New job",
    nextRow: "Next row or finding",
    previousRow: "Previous row or finding",
    select: "Select a job or a finding",
    scanAgain: "Scan the target of a row again",
    goOverview: "Go to the overview",
    goJobs: "Go to the job list",
    goTargets: "Go to the targets",
    goSchedules: "Go to the schedules",
    goAudit: "Go to the audit log",
    goSettings: "Go to the settings",
    nextFinding: "Next finding",
    previousFinding: "Previous finding",
    toggleEvidence: "Fold or unfold the evidence of a finding",
    copyLink: "Copy the link to this finding or page",
    goTo: "Go to a page, target or job number",
    help: "Show this help",
    submit: "Next step of a form",
  },
  keysOn: "Use single-key shortcuts",
  keysNote: "They are ignored while you type.",
  keyThenKey: "then",
  moreHelp: "More help",
  goToTitle: "Go to",
  goToLabel: "Page, target or job number",
  goToJob: (number: string) => `Job ${number}`,
  goToResults: (n: number, text: string) => `${text} result${n === 1 ? "" : "s"}`,
  goToNone: "No results.",
};

export type HelpWords = Omit<typeof help, "topics"> & {
  readonly topics: Readonly<Record<HelpTopic, { readonly title: string; readonly text: readonly string[] }>>;
};
export type HelpTopic = keyof typeof help.topics;
