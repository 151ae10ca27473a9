/** What the page about a person's own notifications says. */
export const ownChannel = {
  title: "My notifications",
  linkNote:
    "By mail: when somebody mentions you, makes you owner of a finding or a target, or something happens to your targets.",
  link: "Set my notifications",
  intro:
    "You get a mail when something concerns you by name, or a target that you own. Mails hold counts and links, no evidence.",
  on: "On",
  off: "Off: you get no mails.",
  mailUnset: "This dashboard cannot send mail. An administrator sets WSC_SMTP_URL and WSC_MAIL_FROM.",
  receiver: "Mail address",
  receiverHint: "One address. Administrators see it in the list of channels.",
  names: "My names",
  namesHint: "One per line, as you are named as owner of findings and targets, and after @ in notes.",
  aboutMe: "About me",
  aboutTargets: "About targets that I own",
  submit: "Turn on",
  save: "Save",
  saving: "Saving…",
  saved: "Your notifications are saved.",
  saveFailed: "Your notifications could not be saved",
  turnOff: "Turn off",
  turnedOff: "Your notifications are off.",
  test: "Send test",
  tested: "A test message is on its way.",
  resume: "Resume",
  actFailed: "This could not be done",
  failedTitle: "Your notifications cannot be shown",
  ofPerson: (name: string) => `Own notifications of ${name}`,
};
export type OwnChannelWords = typeof ownChannel;
