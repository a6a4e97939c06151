import { ApiProblem } from "../api/problem";
import { queryClient } from "../api/query";
import { session } from "../api/session";
import { filesQuery, orderOf, photosChanged, removeFile, showFiles, shownFiles, takeOver } from "./files";
import { inOrder } from "./order";
import { prepare } from "./prepare";
import { type Sending, type Upload, UploadQueue } from "./queue";
import { type FileCard, send } from "./send";

/** What was sent, by the id of the photo it became: cropping starts from the best there is. */
const originals = new Map<string, File>();
export const originalOf = (id: string) => originals.get(id);

/** What has arrived since the queue was last idle: turn and id. */
let arrived: [number, string][] = [];

/** The files on their way; they go on while one looks at other pages. */
export const uploads = new UploadQueue<FileCard>({ prepare, send: sendOrMakeRoom, kept, idle });

/** On a full profile, what replaces a photo needs its room first. */
async function sendOrMakeRoom(photo: File, sending: Sending, { replaces }: Upload): Promise<FileCard> {
  try {
    return await send(photo, sending);
  } catch (error) {
    if (!replaces || !(error instanceof ApiProblem) || error.code !== "photo_limit") throw error;
    await removeFile(replaces);
    return send(photo, sending);
  }
}

async function kept(card: FileCard, { file, replaces, turn }: Upload) {
  originals.set(card.id, file);
  await queryClient.cancelQueries({ queryKey: filesQuery.queryKey });
  const old = shownFiles().find(({ id }) => id === replaces);
  if (old) {
    const next = await takeOver(card, old);
    showFiles((files) => files.map((other) => (other.id === old.id ? next : other)));
    return;
  }
  arrived.push([turn, card.id]);
  showFiles((files) => [...files.filter(({ id }) => id !== card.id), card]);
}

/** Small photos overtake large ones: in the end they stand as chosen, here and there, unless somebody has moved them. */
async function idle() {
  const chosen = arrived.toSorted(([a], [b]) => a - b).map(([, id]) => id);
  arrived = [];
  const shown = shownFiles().map(({ id }) => id);
  const last = shown.slice(shown.length - chosen.length);
  if (chosen.length > 1 && last.every((id) => chosen.includes(id))) {
    const ids = [...shown.slice(0, shown.length - chosen.length), ...chosen];
    showFiles((files) => inOrder(files, ids));
    await orderOf(ids).catch(() => undefined);
  }
  photosChanged();
  void queryClient.invalidateQueries({ queryKey: filesQuery.queryKey });
}

const whoNow = () => {
  const now = session.get();
  return now.status === "in" || now.status === "ended" ? now.userId : "";
};
let sender = whoNow();
session.subscribe(() => {
  const next = whoNow();
  if (next === sender) return;
  sender = next;
  originals.clear();
  uploads.clear();
});

// What the lost connection kept back goes on by itself.
addEventListener("online", () => {
  for (const { id, stage } of uploads.get()) {
    if (stage.kind === "refused" && stage.error instanceof ApiProblem && stage.error.status === 0) uploads.retry(id);
  }
});

addEventListener("beforeunload", (event) => {
  if (uploads.get().some(({ stage }) => stage.kind !== "refused")) event.preventDefault();
});
