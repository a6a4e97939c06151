import { createBrowserRouter } from "react-router";
import { Root } from "./shell/Root";
import { SignedIn } from "./shell/SignedIn";
import { Stumbled } from "./shell/Stumbled";

/** What a page asks of the shell around it. */
export type PageHandle = {
  /** No tab bar on phones: the page has its own bar below. */
  bare?: boolean;
  /** Nothing around it, on any screen. */
  alone?: boolean;
};

// Every page is a chunk of its own, exporting `Component`.
export const router = createBrowserRouter([
  {
    Component: Root,
    ErrorBoundary: Stumbled,
    HydrateFallback: () => null,
    children: [
      { path: "/", lazy: () => import("./landing") },
      { path: "/login", lazy: () => import("./login") },
      { path: "/password/forgot", lazy: () => import("./forgot") },
      { path: "/goodbye", lazy: () => import("./settings/goodbye") },
      { path: "/sign-up", lazy: () => import("./sign-up") },
      {
        Component: SignedIn,
        ErrorBoundary: Stumbled,
        children: [
          { path: "/discover", lazy: () => import("./deck") },
          { path: "/later", lazy: () => import("./later") },
          {
            path: "/chats",
            lazy: () => import("./chats"),
            children: [{ path: ":matchId", handle: { bare: true } satisfies PageHandle, lazy: () => import("./chat") }],
          },
          { path: "/me", lazy: () => import("./me") },
          { path: "/me/edit", handle: { bare: true } satisfies PageHandle, lazy: () => import("./me/edit") },
          { path: "/me/photos", lazy: () => import("./photos") },
          { path: "/settings", lazy: () => import("./settings") },
          { path: "/settings/email", lazy: () => import("./settings/email") },
          { path: "/settings/mails", lazy: () => import("./settings/mails") },
          { path: "/settings/password", lazy: () => import("./settings/password") },
          { path: "/settings/sessions", lazy: () => import("./settings/sessions") },
          { path: "/settings/blocked", lazy: () => import("./settings/blocked") },
          { path: "/settings/reports", lazy: () => import("./settings/reports") },
          { path: "/settings/sanctions", lazy: () => import("./settings/sanctions") },
          { path: "/settings/export", lazy: () => import("./settings/export") },
          { path: "/settings/delete", lazy: () => import("./settings/delete") },
          { path: "/said-hi", lazy: () => import("./hellos") },
          { path: "/people/:userId", handle: { bare: true } satisfies PageHandle, lazy: () => import("./person") },
          { path: "/match/:matchId", handle: { alone: true } satisfies PageHandle, lazy: () => import("./match") },
        ],
      },
      { path: "*", lazy: () => import("./not-found") },
    ],
  },
]);
