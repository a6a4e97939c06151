import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Row } from "./rows";

const NEAR = 60;

/**
 * Stays at the newest message until somebody scrolls up; then nothing moves, and `missed` counts what came. A message
 * of one's own leads back down.
 */
export function useStickyEnd(list: RefObject<VirtualizerHandle | null>, rows: readonly Row[]) {
  const [atEnd, setAtEnd] = useState(true);
  const [missed, setMissed] = useState(0);
  const stuck = useRef(true);
  const offset = useRef(0);
  const seen = useRef<ReadonlySet<string>>(new Set());
  const length = useRef(0);
  length.current = rows.length;

  const toEnd = useCallback(() => {
    stuck.current = true;
    list.current?.scrollToIndex(length.current - 1, { align: "end" });
  }, [list]);

  useLayoutEffect(() => {
    const last = rows.findLastIndex(({ key }) => seen.current.has(key));
    const news = last < 0 ? [] : rows.slice(last + 1).filter((row) => row.kind === "message");
    seen.current = new Set(rows.map(({ key }) => key));
    if (stuck.current || news.some((row) => row.mine)) toEnd();
    else if (news.length > 0) setMissed((count) => count + news.length);
  }, [rows, toEnd]);

  const onScroll = (now: number) => {
    const it = list.current;
    if (!it) return;
    const near = it.scrollSize - it.viewportSize - now < NEAR;
    // Growing doesn't move it up: only somebody does.
    if (near) stuck.current = true;
    else if (now < offset.current) stuck.current = false;
    offset.current = now;
    setAtEnd(near || stuck.current);
    if (near) setMissed(0);
  };
  const onResize = () => {
    if (stuck.current) toEnd();
  };
  /** Somebody scrolls up, whatever else moves at the same time. */
  const release = () => {
    if (list.current && list.current.scrollSize > list.current.viewportSize) stuck.current = false;
  };
  return { atEnd, missed, toEnd, onScroll, onResize, release, isStuck: () => stuck.current };
}
