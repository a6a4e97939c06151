import { CirclePause } from "lucide-react";
import { usePause } from "../api/own";
import { Button } from "../design/Button";
import { Notice } from "../design/Notice";
import { useTexts } from "../texts";
import { problemText } from "../texts/problems";

/** Says that one is hidden, with the way back. */
export function Paused() {
  const texts = useTexts();
  const pause = usePause();
  return (
    <Notice tone="sun" Icon={CirclePause}>
      <p>{texts.me.paused}</p>
      {pause.error && <p role="alert">{problemText(pause.error, texts).text}</p>}
      <Button className="justify-self-start" disabled={pause.isPending} onClick={() => pause.mutate(false)}>
        {texts.me.goOn}
      </Button>
    </Notice>
  );
}
