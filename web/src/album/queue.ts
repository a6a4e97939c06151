/** What happens to a file on its way. */
export type Stage =
  | { kind: "waiting" }
  | { kind: "sending"; part: number }
  /** It is not kept, because of this. */
  | { kind: "refused"; error: unknown };

export type Upload = {
  readonly id: string;
  readonly file: File;
  /** A local URL to show it by. */
  readonly preview: string;
  readonly stage: Stage;
  /** The id of a photo whose place it takes. */
  readonly replaces: string | undefined;
  /** Counts up: the order in which files were chosen. */
  readonly turn: number;
};

export type Sending = {
  /** The same for a file and its repeats: it is kept once. */
  id: string;
  /** How much has gone, 0 to 1. */
  onPart: (part: number) => void;
  signal: AbortSignal;
};

/** What the queue does with a file, one step after the other. */
export type Work<Kept> = {
  prepare: (file: File) => Promise<File>;
  send: (photo: File, sending: Sending, upload: Upload) => Promise<Kept>;
  kept: (kept: Kept, upload: Upload) => void | Promise<void>;
  /** Nothing is left to do. */
  idle: () => void;
};

/** As many files go at the same time. */
const AT_ONCE = 3;

/** Files on their way, in the order in which they were chosen. Those that are kept leave it. */
export class UploadQueue<Kept> {
  private uploads: readonly Upload[] = [];
  private readonly running = new Map<string, AbortController>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly work: Work<Kept>) {}

  readonly get = () => this.uploads;

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  add(files: readonly File[], replaces?: string) {
    this.show([...this.uploads, ...files.map((file) => newUpload(file, replaces))]);
    this.start();
  }

  /** Again, or another file in its place. */
  retry(id: string, file?: File) {
    this.show(
      this.uploads.map((upload) => {
        if (upload.id !== id || upload.stage.kind !== "refused") return upload;
        if (!file) return { ...upload, stage: { kind: "waiting" } };
        URL.revokeObjectURL(upload.preview);
        return newUpload(file, upload.replaces);
      }),
    );
    this.start();
  }

  remove(id: string) {
    this.running.get(id)?.abort(new DOMException("removed", "AbortError"));
    for (const upload of this.uploads) if (upload.id === id) URL.revokeObjectURL(upload.preview);
    this.show(this.uploads.filter((upload) => upload.id !== id));
  }

  clear() {
    for (const { id } of this.uploads) this.remove(id);
  }

  private start() {
    for (const upload of this.uploads) {
      if (this.running.size >= AT_ONCE) return;
      if (upload.stage.kind === "waiting" && !this.running.has(upload.id)) void this.run(upload);
    }
  }

  private async run(upload: Upload) {
    const { id } = upload;
    const abort = new AbortController();
    this.running.set(id, abort);
    this.enter(id, { kind: "sending", part: 0 });
    try {
      const photo = await this.work.prepare(upload.file);
      abort.signal.throwIfAborted();
      const onPart = (part: number) => this.enter(id, { kind: "sending", part });
      const kept = await this.work.send(photo, { id, onPart, signal: abort.signal }, upload);
      await this.work.kept(kept, upload);
      this.remove(id);
    } catch (error) {
      this.enter(id, { kind: "refused", error });
    } finally {
      this.running.delete(id);
      this.start();
      if (this.running.size === 0) this.work.idle();
    }
  }

  /** Where it stands now; nothing happens to one that was removed. */
  private enter(id: string, stage: Stage) {
    if (!this.uploads.some((upload) => upload.id === id)) return;
    this.show(this.uploads.map((upload) => (upload.id === id ? { ...upload, stage } : upload)));
  }

  private show(next: readonly Upload[]) {
    this.uploads = next;
    for (const listener of this.listeners) listener();
  }
}

let turns = 0;

function newUpload(file: File, replaces: string | undefined): Upload {
  turns += 1;
  const preview = URL.createObjectURL(file);
  return { id: crypto.randomUUID(), file, preview, stage: { kind: "waiting" }, replaces, turn: turns };
}
