import { consentText, currentConsentVersion } from "@wsc-dashboard/wsc-core";

export const target = {
  recent: "Recent targets",
  readAs: (unicode: string) => `Reads as ${unicode}`,
  hostRule: (host: string) => `All on ${host}`,
  hosting: "Hosting",
  ncloud: "NAVER Cloud, this account",
  ncloudHint: "NAVER Cloud recognises its own servers by their address.",
  managed: "Another provider",
  managedHint: "Needs an agreement of its own and a file on the server.",
  managedNote:
    "The API of NAVER Cloud scans servers of your own account only and will most likely refuse this one. The NAVER Cloud console can scan it: the review step lists all settings for it.",
  managedConsent: "Server at another provider",
  managedConsentText: consentText("managed", currentConsentVersion, "en").text,
  ownership: "Proof that you may have this server scanned",
  ownershipHint: "Download the file, place it on the server at one of the addresses shown, then check again.",
  getFile: "Get the file",
  checkAgain: "Check again",
  asking: "Checking…",
  verified: "The file was found.",
  notVerified: "The file was not found yet.",
  anyOfThese: "It may be at any one of these addresses:",
  copyUrl: "Copy the address",
  found: {
    match: "Found here.",
    other: "A different file is here.",
    missing: "There is no file here.",
    failed: "No answer.",
  },
  download: (name: string) => `Download ${name}`,
  handOver: "Settings for the NAVER Cloud console",
  handOverText:
    "The API scans servers of your own account only. Copy these settings and create the job in the NAVER Cloud console; sign-in values have to be entered there again.",
  copySettings: "Copy the settings",
};
