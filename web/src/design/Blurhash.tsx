import { decode, isBlurhashValid } from "blurhash";
import { useEffect, useRef } from "react";

const SIDE = 32;

/** The blurred colours of a photo that is on its way. */
export function Blurhash({ hash }: { hash: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !isBlurhashValid(hash).result) return;
    const pixels = context.createImageData(SIDE, SIDE);
    pixels.data.set(decode(hash, SIDE, SIDE));
    context.putImageData(pixels, 0, 0);
  }, [hash]);
  return <canvas ref={canvas} width={SIDE} height={SIDE} aria-hidden className="absolute inset-0 size-full" />;
}
