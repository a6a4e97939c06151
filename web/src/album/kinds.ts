/** What the server takes. */
export const TAKEN: readonly string[] = ["image/jpeg", "image/png", "image/webp"];

/** What a file chooser offers: what is taken, and what this browser may turn into a JPEG. */
export const OFFERED = [...TAKEN, "image/heic", "image/heif", ".heic", ".heif", "image/avif"].join(",");

const HEIF_BRANDS = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

/** What a file is by its first bytes, whatever its name says. */
export function kindOf(head: Uint8Array): string | undefined {
  const text = String.fromCharCode(...head.subarray(0, 16));
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "image/webp";
  if (text.startsWith("GIF8")) return "image/gif";
  if (text.slice(4, 8) !== "ftyp") return undefined;
  const brand = text.slice(8, 12);
  if (brand === "avif" || brand === "avis") return "image/avif";
  return HEIF_BRANDS.includes(brand) ? "image/heic" : undefined;
}
