// Stands in for the package react-remove-scroll, by which Radix keeps the page behind a dialog from scrolling: that one
// writes <style> elements, which our Content-Security-Policy forbids.
import { type ElementType, type ReactNode, useEffect } from "react";

type RemoveScrollProps = {
  as?: ElementType;
  enabled?: boolean;
  children?: ReactNode;
  /** What only the package itself can do. */
  allowPinchZoom?: boolean;
  shards?: unknown;
};

let locks = 0;

function lock() {
  const { style } = document.documentElement;
  locks += 1;
  style.overflow = "hidden";
  return () => {
    locks -= 1;
    if (locks === 0) style.overflow = "";
  };
}

export function RemoveScroll({ as: As = "div", enabled = true, allowPinchZoom, shards, ...rest }: RemoveScrollProps) {
  useEffect(() => (enabled ? lock() : undefined), [enabled]);
  return <As {...rest} />;
}

/** Radix's select asks for these. */
RemoveScroll.classNames = { fullWidth: "", zeroRight: "" };
