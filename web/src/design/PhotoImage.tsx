import { lazy, type ReactNode, Suspense, useState } from "react";
import { pictureOf } from "../api/presigned";
import { classes } from "./classes";

// Only where photos come with one.
const Blurhash = lazy(async () => ({ default: (await import("./Blurhash")).Blurhash }));

type PhotoImageProps = {
  /** A presigned URL; none shows the first letter of `name`. */
  src: string | undefined;
  alt: string;
  name: string;
  blurhash?: string | null;
  eager?: boolean;
  className?: string;
  /** The URL doesn't work (any more): ask for a new one. */
  onFail?: () => void;
  children?: ReactNode;
};

/** A photo that fills its box. A new signature for the same picture doesn't load it again. */
export function PhotoImage({ src, alt, name, blurhash, eager, className, onFail, children }: PhotoImageProps) {
  const picture = src === undefined ? undefined : pictureOf(src);
  const [held, hold] = useState(src);
  const [state, setState] = useState<"loading" | "loaded" | "failed">("loading");
  const stays = held !== undefined && picture === pictureOf(held) && state !== "failed";
  if (!stays && held !== src) {
    hold(src);
    setState("loading");
  }
  return (
    <div className={classes("relative overflow-hidden bg-pine-soft", className)}>
      {blurhash && state === "loading" && (
        <Suspense fallback={null}>
          <Blurhash hash={blurhash} />
        </Suspense>
      )}
      {(src === undefined || state === "failed") && <Letter name={name} alt={alt} />}
      {held !== undefined && state !== "failed" && (
        <img
          src={held}
          alt={alt}
          draggable={false}
          loading={eager ? "eager" : "lazy"}
          decoding="async"
          className={classes(
            "absolute inset-0 size-full object-cover transition-opacity duration-200",
            state === "loading" && "opacity-0",
          )}
          onLoad={() => setState("loaded")}
          onError={() => {
            setState("failed");
            onFail?.();
          }}
        />
      )}
      {children}
    </div>
  );
}

function Letter({ name, alt }: { name: string; alt: string }) {
  return (
    <div
      role="img"
      aria-label={alt || name}
      className="absolute inset-0 grid place-items-center font-head font-bold text-pine-text select-none [container-type:size]"
    >
      <span aria-hidden className="text-[45cqmin] leading-none">
        {[...name][0]?.toUpperCase()}
      </span>
    </div>
  );
}

/** A round portrait; says nothing by itself: the name stands beside it. */
export function Portrait({ src, name, className }: { src: string | undefined; name: string; className?: string }) {
  return (
    <span aria-hidden className="contents">
      <PhotoImage src={src} alt="" name={name} className={classes("shrink-0 rounded-full", className ?? "size-12")} />
    </span>
  );
}
