// Preloaded into a server that a script starts: ends the server when that script has died.
if (process.connected) {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel?.unref();
}
