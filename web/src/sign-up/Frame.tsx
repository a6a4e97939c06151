import { ChevronLeft } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { IconButton } from "../design/Button";
import { usePageTitle } from "../shell/PageHead";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";

const STEPS = 3;
let shown: number | undefined;

type FrameProps = {
  step: number;
  title: string;
  lead: ReactNode;
  onBack: () => void;
  children: ReactNode;
  /** What leads on: stays in sight. */
  footer: ReactNode;
};

/** Where one is in the wizard, and the way back. */
export function Frame({ step, title, lead, onBack, children, footer }: FrameProps) {
  const { signUp, common } = useTexts();
  const { number } = useFormats();
  const head = useRef<HTMLHeadingElement>(null);
  usePageTitle(title);
  // From one step to another, reading begins anew at the head.
  useEffect(() => {
    if (shown !== undefined && shown !== step) {
      scrollTo(0, 0);
      head.current?.focus({ preventScroll: true });
    }
    shown = step;
  }, [step]);
  const place = signUp.place(number(step), number(STEPS));
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-150 flex-col px-5 pad:px-6">
      <header className="flex min-h-16 items-center gap-3 desk:min-h-24">
        <IconButton name={common.back} className="-ml-3" onClick={onBack}>
          <ChevronLeft aria-hidden size={26} strokeWidth={2.1} />
        </IconButton>
        <div
          role="progressbar"
          aria-label={signUp.title}
          aria-valuemin={0}
          aria-valuemax={STEPS}
          aria-valuenow={step}
          aria-valuetext={place}
          className="h-2 grow overflow-hidden rounded-full bg-line"
        >
          <div
            className="h-full origin-left rounded-full bg-pine transition-transform duration-300"
            style={{ transform: `scaleX(${step / STEPS})` }}
          />
        </div>
        <span aria-hidden className="text-note font-semibold text-ink-2">
          {place}
        </span>
      </header>
      <main className="grid grow content-start gap-6 pt-3 pb-8">
        <div className="grid gap-2">
          <h1 ref={head} tabIndex={-1} className="text-head outline-none">
            {title}
          </h1>
          <p className="text-ink-2">{lead}</p>
        </div>
        {children}
      </main>
      <footer className="sticky bottom-0 z-10 -mx-5 grid gap-3 border-t border-line bg-paper px-5 py-4 pb-[max(1rem,env(safe-area-inset-bottom))] pad:-mx-6 pad:px-6">
        {footer}
      </footer>
    </div>
  );
}
