import { useLayoutEffect } from "react";

let holding = 0;

/** As long as this is there, the page doesn't scroll; if that takes a scrollbar away, its room stays, so that nothing moves. */
export function HoldPage() {
  useLayoutEffect(() => {
    const { style, clientWidth } = document.documentElement;
    holding += 1;
    if (holding === 1) {
      style.scrollbarGutter = innerWidth > clientWidth ? "stable" : "";
      style.overflow = "hidden";
    }
    return () => {
      holding -= 1;
      if (holding === 0) style.scrollbarGutter = style.overflow = "";
    };
  }, []);
  return null;
}
