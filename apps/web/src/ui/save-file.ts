interface NamedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: ArrayLike<number>;
}

/** Passes a file to the browser's downloads. */
export function saveFile({ fileName, mediaType, content }: NamedFile): void {
  const address = URL.createObjectURL(new Blob([new Uint8Array(content)], { type: mediaType }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  // By the next task the download holds its own reference to the data.
  setTimeout(() => URL.revokeObjectURL(address));
}
