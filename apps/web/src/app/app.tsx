import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import type { Messages } from "../messages/en.ts";
import type { Language } from "../messages/language.ts";
import { Announcer } from "../ui/announcer.tsx";
import { Toaster } from "../ui/toaster.tsx";
import { PreferencesProvider } from "./preferences-context.tsx";
import type { AppRouter } from "./router.tsx";

interface AppProps {
  readonly queryClient: QueryClient;
  readonly router: AppRouter;
  readonly initial: { readonly language: Language; readonly messages: Messages };
}

export function App({ queryClient, router, initial }: AppProps) {
  return (
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <PreferencesProvider initial={initial}>
          <Announcer>
            <Toaster>
              <RouterProvider router={router} />
            </Toaster>
          </Announcer>
        </PreferencesProvider>
      </QueryClientProvider>
    </StrictMode>
  );
}
