import { classes } from "../design/classes";
import { useTexts } from "../texts";
import { useOpeners } from "../texts/openers";
import { firstLines, type Liked } from "./openers";

type FirstLinesProps = { person: Liked; onChoose: (line: string) => void; onPine?: boolean };

/** Lines that go into the message box when chosen, where they can be changed. */
export function FirstLines({ person, onChoose, onPine }: FirstLinesProps) {
  const { conversation } = useTexts();
  const openers = useOpeners();
  const lines = openers ? firstLines(person, openers) : ["1", "2", "3"];
  return (
    <ul aria-label={conversation.firstLines} className={classes("grid gap-2.5", !openers && "invisible")}>
      {lines.map((line) => (
        <li key={line}>
          <button
            type="button"
            onClick={() => onChoose(line)}
            className={classes(
              "min-h-12 w-full rounded-medium px-4.5 py-2.5 text-left font-semibold transition",
              onPine ? "bg-white/12 text-white hover:bg-white/20" : "bg-pine-soft text-pine-text hover:brightness-95",
            )}
          >
            {line}
          </button>
        </li>
      ))}
    </ul>
  );
}
