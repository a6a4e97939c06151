import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { loadOlder } from "../conversation/history";

/** The pages above, one at a time; after a failure only when asked. */
export function useOlder(matchId: string, whole: boolean) {
  const client = useQueryClient();
  const [failed, setFailed] = useState(false);
  const busy = useRef(false);

  const fetchPage = useCallback(async () => {
    if (busy.current || whole) return;
    busy.current = true;
    try {
      await loadOlder(client, matchId);
      setFailed(false);
    } catch {
      setFailed(true);
    } finally {
      busy.current = false;
    }
  }, [client, matchId, whole]);

  return {
    failed,
    load: () => {
      if (!failed) void fetchPage();
    },
    retry: () => void fetchPage(),
  };
}
