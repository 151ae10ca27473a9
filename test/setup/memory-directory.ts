/** In-memory file system for temporary files of tests. */
export const memory = "/dev/shm";
/** Followed by the id of the process that runs the tests, and a suffix that distinguishes its child processes. */
export const directoryPrefix = "wsc-tests-";
