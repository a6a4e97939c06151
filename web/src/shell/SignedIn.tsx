import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { Navigate, Outlet, useLocation, useMatches } from "react-router";
import { session, useSession } from "../api/session";
import { classes } from "../design/classes";
import { ErrorPanel } from "../design/ErrorPanel";
import { Mark } from "../design/Mark";
import type { PageHandle } from "../routes";
import { useTexts } from "../texts";
import { SideBar } from "./SideBar";
import { TabBar } from "./TabBar";

// Loaded beforehand, as soon as there is time.
const loadLoginAgain = () => import("./LoginAgain");
const LoginAgain = lazy(loadLoginAgain);

/** Pages of somebody: bars around them, and back to the same place after a login. */
export function SignedIn() {
  const state = useSession();
  const location = useLocation();
  const handles = useMatches().map(({ handle }) => handle as PageHandle | undefined);
  const alone = handles.some((handle) => handle?.alone);
  const bare = alone || handles.some((handle) => handle?.bare);
  const { common } = useTexts();
  useEffect(() => {
    const timer = setTimeout(() => void loadLoginAgain().catch(() => undefined), 3000);
    return () => clearTimeout(timer);
  }, []);
  if (state.status === "out") {
    const next = location.pathname + location.search;
    return <Navigate to={`/login?next=${encodeURIComponent(next)}`} replace />;
  }
  if (state.status === "unknown") return <Restore />;
  const ended = state.status === "ended";
  return (
    <div
      key={state.userId}
      className={classes(!alone && "desk:grid desk:grid-cols-[248px_minmax(0,1fr)]", ended && "invisible")}
    >
      <a
        href="#page"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-full bg-surface px-4 py-2 focus:translate-y-0"
      >
        {common.skip}
      </a>
      {!alone && <SideBar />}
      <main id="page" tabIndex={-1} className={classes("min-w-0 outline-none", !bare && "pb-20 desk:pb-0")}>
        <Outlet />
      </main>
      {!bare && <TabBar />}
      {ended && (
        <Suspense fallback={null}>
          <LoginAgain />
        </Suspense>
      )}
    </div>
  );
}

/** The server was away when the app started. */
export function Restore() {
  const { error, refetch } = useQuery({
    queryKey: ["session"],
    queryFn: async () => (await session.refresh()) ?? null,
    retry: false,
    gcTime: 0,
    refetchInterval: 5000,
  });
  if (!error) return null;
  return (
    <main className="grid min-h-[80dvh] content-center justify-items-center gap-4">
      <Mark />
      <ErrorPanel alone error={error} onRetry={() => void refetch()} />
    </main>
  );
}
