import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTexts } from "../texts";
import { problemText } from "../texts/problems";
import { Button } from "./Button";

type ErrorPanelProps = {
  error: unknown;
  /** What the button does; without it there is none. */
  onRetry?: () => void;
  /** It is all that the page shows: its title is the page's. */
  alone?: boolean;
  /** Another way out, beside the button. */
  children?: ReactNode;
};

/** What happened, what to do, a button. */
export function ErrorPanel({ error, onRetry, alone, children }: ErrorPanelProps) {
  const texts = useTexts();
  const { title, text } = problemText(error, texts);
  const Title = alone ? "h1" : "h2";
  return (
    <div role="alert" className="mx-auto grid max-w-md justify-items-center gap-3 p-6 text-center">
      <CircleAlert aria-hidden size={36} strokeWidth={2.1} className="text-ember-text" />
      <Title className="text-title">{title}</Title>
      <p className="text-ink-2">{text}</p>
      <div className="mt-2 flex flex-wrap justify-center gap-3">
        {onRetry && (
          <Button kind="main" onClick={onRetry}>
            {texts.common.tryAgain}
          </Button>
        )}
        {children}
      </div>
    </div>
  );
}
