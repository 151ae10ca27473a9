interface NamedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: ArrayLike<number>;
}

/** Hands a file over to the browser's downloads. */
export function saveFile({ fileName, mediaType, content }: NamedFile): void {
  const address = URL.createObjectURL(new Blob([new Uint8Array(content)], { type: mediaType }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  // The download has its own hold on the data by the next task.
  setTimeout(() => URL.revokeObjectURL(address));
}
