import { catchSignals } from "./stop-signal.ts";

const signals = catchSignals();
// Signals must be handled while the rest is loaded.
const { startServer } = await import("./start-server.ts");
await startServer(signals);
