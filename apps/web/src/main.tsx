import type { QueryClient } from "@tanstack/react-query";
import { pagePaths } from "@wsc-dashboard/wsc-core";
import { startTransition } from "react";
import { prepareRefusals } from "./api/bff-client.ts";
import { nextTask } from "./api/long-text.ts";
import { createQueryClient } from "./api/query-client.ts";
import { sessionQuery } from "./api/session-query.ts";
import { App } from "./app/app.tsx";
import { createRoot } from "./app/create-root.ts";
import { applyTheme, storedLanguage, storedTheme } from "./app/preferences.ts";
import { type AppRouter, createAppRouter } from "./app/router.tsx";
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

/** How long the first rendering waits for the page's data, in milliseconds. */
const maxDataWaitMs = 500;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves when what the page has asked for is there, or after a while: rendered piece by piece, the page would jump. */
async function firstData(queryClient: QueryClient, router: AppRouter): Promise<void> {
  await router.load();
  await Promise.allSettled(
    queryClient
      .getQueryCache()
      .getAll()
      .map(({ promise }) => promise),
  );
}

/** In several tasks, since each of these takes a slow phone a tenth of a second. */
async function start(): Promise<void> {
  prepareRefusals(() => loadErrorTexts(storedLanguage()));
  const texts = loadFirstPage(language);
  texts.catch(() => {});
  const queryClient = createQueryClient();
  if (location.pathname !== pagePaths.signedOut) void queryClient.prefetchQuery(sessionQuery);
  await nextTask();
  const router = createAppRouter(queryClient);
  await nextTask();
  // Failures are shown when the page is rendered.
  const data = firstData(queryClient, router).catch(() => {});
  const [messages] = await Promise.all([texts, Promise.race([data, wait(maxDataWaitMs)])]);
  const root = document.getElementById("root");
  if (!root) return;
  // As a transition React renders in short steps; all at once the first page blocks a slow phone for half a second.
  startTransition(() => createRoot(root).render(<App {...{ queryClient, router, initial: { language, messages } }} />));
  window.startGuard?.markStarted();
}

if (window.startGuard?.isBlocked !== true) void start();
