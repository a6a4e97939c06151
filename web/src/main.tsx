import "./design/base.css";
import "./design/theme";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { queryClient } from "./api/query";
import { session } from "./api/session";
import { router } from "./routes";
import { keepShell } from "./shell/offline-shell";
import { preferredLanguage, speak } from "./texts";

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");
keepShell();
// An unreachable server is told, and tried again, by the page that needs it.
await Promise.all([speak(preferredLanguage()), session.restore().catch(() => undefined)]);

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
