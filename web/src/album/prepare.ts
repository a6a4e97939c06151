import { kindOf, TAKEN } from "./kinds";
import { Unsendable } from "./refusal";

/** The most that the server takes unless it is told otherwise. */
export const MOST_BYTES = 20 * 1024 * 1024;

/** The server keeps 1,600 pixels a side; twice that leaves room to crop. */
const LONGEST_SIDE = 3200;
const QUALITY = 0.92;

/** Looks at a file before it is sent: what is taken goes as it is, what only this browser can read becomes a JPEG. */
export async function prepare(file: File): Promise<File> {
  if (file.size === 0) throw new Unsendable("file_empty");
  const kind = kindOf(await headOf(file));
  if (kind !== undefined && TAKEN.includes(kind)) {
    if (file.size > MOST_BYTES) throw new Unsendable("file_too_large");
    return file.type === kind ? file : new File([file], file.name, { type: kind });
  }
  if (kind === undefined && !file.type.startsWith("image/")) throw new Unsendable("not_a_photo");
  const jpeg = await asJpeg(file).catch(() => undefined);
  // What can't be read here is offered as it is: the server says what it is and what would help.
  return jpeg ?? new File([file], file.name, { type: kind ?? file.type });
}

async function headOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(0, 32).arrayBuffer());
  } catch {
    // Moved or deleted since it was chosen.
    throw new Unsendable("unreadable");
  }
}

type Area = { x: number; y: number; width: number; height: number };

/** A picture as a JPEG, upright, all of it or one area. */
export async function asJpeg(file: File, area?: Area): Promise<File> {
  const picture = await createImageBitmap(file);
  const from = area ?? { x: 0, y: 0, width: picture.width, height: picture.height };
  const scale = Math.min(1, LONGEST_SIDE / Math.max(from.width, from.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(from.width * scale));
  canvas.height = Math.max(1, Math.round(from.height * scale));
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  // A JPEG has no transparency: white instead of black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, from.x, from.y, from.width, from.height, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob) throw new Error("no JPEG");
  return new File([blob], `${file.name.replace(/\.[^.]+$/, "")}.jpg`, { type: "image/jpeg" });
}
