/** Mail can be chosen, while nothing is ever sent: nobody listens on the discard port. */
export const mailSettings = { WSC_SMTP_URL: "smtp://127.0.0.1:9", WSC_MAIL_FROM: "scans@example.com" } as const;
