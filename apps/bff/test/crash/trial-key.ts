/** The encryption key of a notification trial and of the sender that it kills. */
export const trialKey = Buffer.alloc(32, 5);
