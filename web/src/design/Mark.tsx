import { Hand } from "lucide-react";
import { useTexts } from "../texts";
import { classes } from "./classes";

/** The open hand and the name. */
export function Mark({ className }: { className?: string }) {
  const { common } = useTexts();
  return (
    <span className={classes("inline-flex items-center gap-2 text-pine-text", className)}>
      <Hand aria-hidden size={26} strokeWidth={2.4} />
      <span className="font-head text-title font-extrabold tracking-tight lowercase">{common.name}</span>
    </span>
  );
}
