import { pagePaths } from "@wsc-dashboard/wsc-core";
import { createRoot } from "react-dom/client";
import { prepareRefusals } from "./api/bff-client.ts";
import { createQueryClient } from "./api/query-client.ts";
import { sessionQuery } from "./api/session-query.ts";
import { App } from "./app/app.tsx";
import { applyTheme, storedLanguage, storedTheme } from "./app/preferences.ts";
import { createAppRouter } from "./app/router.tsx";
import { loadErrorTexts, loadFirstPage } from "./messages/language.ts";
import "./styles/index.css";

declare global {
  interface Window {
    /** Set by start-guard.js, which is part of the built page. */
    readonly startGuard?: {
      /** The browser lacks a required feature; the start-failure page is shown. */
      readonly isBlocked: boolean;
      markStarted(): void;
    };
  }
}

const language = storedLanguage();
document.documentElement.lang = language;
applyTheme(storedTheme());

function start(): void {
  prepareRefusals(() => loadErrorTexts(storedLanguage()));
  const queryClient = createQueryClient();
  if (location.pathname !== pagePaths.signedOut) void queryClient.prefetchQuery(sessionQuery);
  const router = createAppRouter(queryClient);
  // The page's code and data are fetched in parallel with the texts; failures are shown when the page is rendered.
  router.load().catch(() => {});
  const root = document.getElementById("root");

  void loadFirstPage(language).then((messages) => {
    if (!root) return;
    createRoot(root).render(<App {...{ queryClient, router, initial: { language, messages } }} />);
    window.startGuard?.markStarted();
  });
}

if (window.startGuard?.isBlocked !== true) start();
