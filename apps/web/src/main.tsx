import { pagePaths } from "@wsc-dashboard/wsc-core";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "./api/query-client.ts";
import { sessionQuery } from "./api/session-query.ts";
import { App } from "./app/app.tsx";
import { applyTheme, storedLanguage, storedTheme } from "./app/preferences.ts";
import { createAppRouter } from "./app/router.tsx";
import { loadFirstPage } from "./messages/language.ts";
import "./styles/index.css";

const language = storedLanguage();
document.documentElement.lang = language;
applyTheme(storedTheme());

const queryClient = createQueryClient();
if (location.pathname !== pagePaths.signedOut) void queryClient.prefetchQuery(sessionQuery);
const router = createAppRouter(queryClient);
const root = document.getElementById("root");

void loadFirstPage(language).then((messages) => {
  if (root) createRoot(root).render(<App {...{ queryClient, router, initial: { language, messages } }} />);
});
