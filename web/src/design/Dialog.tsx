import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useTexts } from "../texts";
import { Button, IconButton } from "./Button";
import { HoldPage } from "./HoldPage";

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Said below the title, and read with it. */
  text?: ReactNode;
  children?: ReactNode;
};

/** From below on phones, in the middle from 600 px. Escape and a tap beside it close it; focus comes back. */
export function Dialog({ open, onOpenChange, title, text, children }: DialogProps) {
  const { common } = useTexts();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        {/* Radix's own overlay writes a style element to hold the page, which the Content-Security-Policy refuses. */}
        <div aria-hidden className="fixed inset-0 z-40 bg-black/50" />
        <Radix.Content
          {...(text ? {} : { "aria-describedby": undefined })}
          className="fixed inset-x-0 bottom-0 z-50 max-h-[90dvh] overflow-y-auto rounded-t-large bg-surface p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))] shadow-card outline-none [overflow-wrap:anywhere] pad:inset-x-auto pad:top-1/2 pad:bottom-auto pad:left-1/2 pad:w-[min(480px,92vw)] pad:-translate-1/2 pad:rounded-large pad:p-7"
        >
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="pt-2 text-title">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton name={common.close} className="-mt-1 -mr-2">
                <X aria-hidden size={22} strokeWidth={2.1} />
              </IconButton>
            </Radix.Close>
          </div>
          {text && <Radix.Description className="mt-2 text-ink-2">{text}</Radix.Description>}
          {children}
          <HoldPage />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ConfirmProps = Omit<DialogProps, "children"> & {
  action: string;
  danger?: boolean;
  busy?: boolean;
  onConfirm: () => void;
  children?: ReactNode;
};

/** Says what it does before it does it. */
export function ConfirmDialog({ action, danger, busy, onConfirm, children, ...dialog }: ConfirmProps) {
  const { common } = useTexts();
  return (
    <Dialog {...dialog}>
      {children}
      <div className="mt-6 flex flex-col-reverse gap-3 pad:flex-row pad:justify-end">
        <Button onClick={() => dialog.onOpenChange(false)}>{common.cancel}</Button>
        <Button kind={danger ? "danger" : "main"} disabled={busy} onClick={onConfirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
