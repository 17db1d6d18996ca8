/** Hands a file to the browser's downloads. */
export function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  download(address, name);
  // The browser has taken its copy by the next turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}

/** Has the browser write what is at an address of the service to a file, under the name given or the service's. */
export function download(address: string, name = ''): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
