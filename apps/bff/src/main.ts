import { catchSignals } from "./stop-signal.ts";

const signals = catchSignals();
// Loading the rest takes a moment in which a signal must count already.
const { startServer } = await import("./start-server.ts");
await startServer(signals);
