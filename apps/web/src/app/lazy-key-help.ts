import { lazyDialog } from "../ui/lazy-dialog.tsx";

export const LazyKeyHelp = lazyDialog(async () => (await import("./key-help.tsx")).KeyHelp);
