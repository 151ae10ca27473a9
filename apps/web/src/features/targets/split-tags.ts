/** The tags of a text, separated by commas or semicolons, also the full-width ones. */
export const splitTags = (text: string): string[] => text.split(/[,;、,]/u).filter((tag) => tag.trim() !== "");
