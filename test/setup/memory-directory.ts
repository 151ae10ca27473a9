/** Where temporary files of tests are in memory. */
export const memory = "/dev/shm";
/** Followed by the process that runs the tests, and by what tells the processes that it starts apart. */
export const directoryPrefix = "wsc-tests-";
