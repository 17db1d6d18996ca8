/** A file on its way into the library. */
export interface Incoming {
  file: File;
  /** Where it will be: the folders it was dropped with, then its name. */
  path: string;
}

/** What was dropped or chosen, and what of it does not come along. */
export interface Gathered {
  files: Incoming[];
  /** Files and folders whose name begins with a dot; `docent ingest` leaves them out too. */
  hidden: string[];
  /** The browser could not open them. */
  unreadable: string[];
}

export function chosen(chosenFiles: Iterable<File>): Gathered {
  const files: Incoming[] = [];
  const hidden = new Set<string>();
  for (const file of chosenFiles) {
    const path = file.webkitRelativePath || file.name;
    const without = hiddenPart(path);
    if (without) hidden.add(without);
    else files.push({ file, path });
  }
  return { files: inOrder(files), hidden: [...hidden], unreadable: [] };
}

/** The outermost hidden folder of a path, or the file itself where only it is hidden. */
const hiddenPart = (path: string): string | undefined =>
  /^(?:[^/.][^/]*\/)*\.[^/]*/.exec(path)?.[0];

/** All files of a drop, folders included. */
export async function dropped(transfer: DataTransfer): Promise<Gathered> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.length === 0) return chosen(transfer.files);
  const gathered: Gathered = { files: [], hidden: [], unreadable: [] };
  for (const entry of entries) await walk(entry, gathered);
  return { ...gathered, files: inOrder(gathered.files) };
}

/** A browser gives the files of a folder as its disk has them. */
function inOrder(files: Incoming[]): Incoming[] {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return files.toSorted((one, other) => compare(one.path, other.path));
}

async function walk(entry: FileSystemEntry, gathered: Gathered): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.name.startsWith('.')) {
    gathered.hidden.push(path);
    return;
  }
  try {
    if (isFile(entry)) {
      const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
      gathered.files.push({ file, path });
    } else if (isFolder(entry)) {
      for await (const one of entriesOf(entry)) await walk(one, gathered);
    }
  } catch {
    gathered.unreadable.push(path);
  }
}

async function* entriesOf(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = folder.createReader();
  for (;;) {
    // A reader gives at most some hundred entries at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    yield* some;
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
