import { lazyDialog } from "../ui/lazy-dialog.tsx";

/** Comes after the list itself. */
export const LazyViewMenu = lazyDialog(async () => (await import("./view-menu.tsx")).ViewMenu);
