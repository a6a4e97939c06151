import { useEffect } from "react";
import { useBlocker } from "react-router";
import { ConfirmDialog } from "../design/Dialog";
import { useTexts } from "../texts";

/** Asks before what was typed is left behind. */
export function Unsaved({ when }: { when: () => boolean }) {
  const { me } = useTexts();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    return currentLocation.pathname !== nextLocation.pathname && when();
  });
  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent) => {
      if (when()) event.preventDefault();
    };
    addEventListener("beforeunload", onUnload);
    return () => removeEventListener("beforeunload", onUnload);
  }, [when]);
  return (
    <ConfirmDialog
      open={blocker.state === "blocked"}
      onOpenChange={(open) => {
        if (!open) blocker.reset?.();
      }}
      title={me.form.discard}
      text={me.form.discardText}
      action={me.form.discardAction}
      danger
      onConfirm={() => blocker.proceed?.()}
    />
  );
}
