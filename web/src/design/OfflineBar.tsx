import { CloudOff } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { useServerAway } from "../api/server";
import { useTexts } from "../texts";

function subscribe(listener: () => void) {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}

/** A quiet bar while there is no connection, or no server. */
export function OfflineBar() {
  const { common } = useTexts();
  const online = useOnline();
  const away = useServerAway();
  const words = !online ? common.offline : away ? common.unreachable : undefined;
  const shown = words !== undefined;
  // Pages that fill the screen leave room for it.
  useEffect(() => {
    document.documentElement.style.setProperty("--offline", shown ? "3.5rem" : "0px");
  }, [shown]);
  return (
    <div role="status">
      {shown && (
        <p className="flex items-center justify-center gap-2 h-14 bg-sun-soft px-4 text-center text-small">
          <CloudOff aria-hidden size={17} strokeWidth={2.1} className="shrink-0" />
          {words}
        </p>
      )}
    </div>
  );
}
