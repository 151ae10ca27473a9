// Preloaded into a server that a script starts: when that script is gone without a word, the server ends as well.
if (process.connected) {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel?.unref();
}
