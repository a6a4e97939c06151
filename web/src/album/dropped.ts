/** More than this at once was not meant: a whole disk was dropped. */
export const MOST_FILES = 200;

type Handle = { kind: "file" | "directory"; name: string };
type FileHandle = Handle & { getFile: () => Promise<File> };
type FolderHandle = Handle & { values: () => AsyncIterable<Handle> };
type Item = DataTransferItem & { getAsFileSystemHandle?: () => Promise<Handle | null> };

const byName = new Intl.Collator(undefined, { numeric: true });
const isHidden = (name: string) => name.startsWith(".") || name === "Thumbs.db" || name === "desktop.ini";

/** All files of a drop or a paste, those in folders, too; each folder in the order of its names. */
export async function filesIn(data: DataTransfer): Promise<File[]> {
  const items: Item[] = [...data.items].filter(({ kind }) => kind === "file");
  // All must be asked for now: the browser empties the list when this event is over.
  const found = items.map(sourceOf);
  const files: File[] = [];
  for (const source of found) await collect(await source, files);
  return files.slice(0, MOST_FILES);
}

type Source = FileSystemEntry | Handle | File | null;

function sourceOf(item: Item): Promise<Source> {
  const entry = item.webkitGetAsEntry?.() ?? null;
  if (entry) return Promise.resolve(entry);
  const file = item.getAsFile();
  const handle = item.getAsFileSystemHandle?.() ?? Promise.resolve(null);
  return handle.then((source) => source ?? file).catch(() => file);
}

async function collect(source: Source, files: File[]): Promise<void> {
  if (source === null || files.length >= MOST_FILES) return;
  if (source instanceof File) files.push(source);
  else if (isHidden(source.name)) return;
  else if ("isDirectory" in source) await collectEntry(source, files);
  else if (source.kind === "file") files.push(await (source as FileHandle).getFile());
  else {
    const inside: Handle[] = [];
    for await (const handle of (source as FolderHandle).values()) inside.push(handle);
    for (const handle of inside.sort((a, b) => byName.compare(a.name, b.name))) await collect(handle, files);
  }
}

async function collectEntry(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (entry.isFile) {
    files.push(await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed)));
    return;
  }
  const inside = await entriesOf((entry as FileSystemDirectoryEntry).createReader());
  for (const next of inside.sort((a, b) => byName.compare(a.name, b.name))) await collect(next, files);
}

/** A reader gives a folder in pieces, and an empty piece at its end. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const piece = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (piece.length === 0) return all;
    all.push(...piece);
  }
}

/** What a file chooser gave; of a folder, without what systems leave there. */
export function filesChosen(list: FileList | null): File[] {
  return [...(list ?? [])].filter(({ name }) => !isHidden(name)).slice(0, MOST_FILES);
}
