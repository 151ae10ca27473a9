import type { ComponentType } from "react";
import { lazyDialog } from "../ui/lazy-dialog.tsx";
import type { ViewMenuProps } from "./view-menu.tsx";

const noMenu = (): null => null;

/** Loads after the list. When its code cannot be loaded, the list is shown without it. */
export const LazyViewMenu = lazyDialog(
  (): Promise<ComponentType<ViewMenuProps>> =>
    import("./view-menu.tsx").then(
      ({ ViewMenu }) => ViewMenu,
      () => noMenu,
    ),
);
