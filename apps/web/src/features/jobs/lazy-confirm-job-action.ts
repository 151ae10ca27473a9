import { lazyDialog } from "../../ui/lazy-dialog.tsx";

export const LazyConfirmJobAction = lazyDialog(async () => (await import("./confirm-job-action.tsx")).ConfirmJobAction);
