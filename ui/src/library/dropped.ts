/** A file on its way into the library. */
export interface Incoming {
  file: File;
  /** Where it will be: the folders it was dropped with, then its name. */
  path: string;
}

export function chosen(files: Iterable<File>): Incoming[] {
  return [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

/** All files of a drop, folders included. Hidden files of an operating system are left out. */
export async function dropped(transfer: DataTransfer): Promise<Incoming[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.length === 0) return chosen(transfer.files);
  const found: Incoming[] = [];
  for (const entry of entries) await walk(entry, found);
  return found.filter(({ file }) => !file.name.startsWith('.'));
}

async function walk(entry: FileSystemEntry, found: Incoming[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    found.push({ file, path });
  } else if (isFolder(entry)) {
    const reader = entry.createReader();
    for (;;) {
      // A reader gives at most some hundred entries at a time, and none at the end.
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      );
      if (some.length === 0) return;
      for (const one of some) await walk(one, found);
    }
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
