import { Outlet, ScrollRestoration } from "react-router";
import { Announcer } from "../design/Announcer";
import { OfflineBar } from "../design/OfflineBar";
import { ToastPlace } from "../design/Toast";

/** Around every page. */
export function Root() {
  return (
    <>
      <OfflineBar />
      <Outlet />
      <ToastPlace />
      <Announcer />
      <ScrollRestoration />
    </>
  );
}
