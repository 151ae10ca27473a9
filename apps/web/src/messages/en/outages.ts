import type { OutageTexts } from "../error-code.ts";

export const outages: OutageTexts = {
  DASHBOARD_UNREACHABLE: {
    title: "The dashboard cannot be reached.",
    next: "Check your connection. What you see is the last known state.",
  },
  INTERNAL_ERROR: {
    title: "Something in the dashboard failed.",
    next: "Try again. If it continues, give your administrator the request number from the details.",
  },
  SESSION_REQUIRED: { title: "You are not signed in.", next: "Sign in again, then reload this page." },
};
