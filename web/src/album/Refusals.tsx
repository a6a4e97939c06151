import { Button } from "../design/Button";
import { type Texts, useTexts } from "../texts";
import { useFormats } from "../texts/format";
import type { Upload } from "./queue";
import { mayPass, refusalOf } from "./refusal";
import { uploads } from "./uploads";

type Group = { text: string; names: string[]; again: string[] };

/** The same reason is told once, with all the files that it holds for. */
export function groupsOf(list: readonly Upload[], texts: Texts): Group[] {
  const groups = new Map<string, Group>();
  for (const { id, file, stage } of list) {
    if (stage.kind !== "refused") continue;
    const { text } = refusalOf(stage.error, texts, file.name);
    const group = groups.get(text) ?? { text, names: [], again: [] };
    group.names.push(file.name);
    if (mayPass(stage.error)) group.again.push(id);
    groups.set(text, group);
  }
  return [...groups.values()];
}

/** Why files were not added, in whole sentences. */
export function Refusals({ list }: { list: readonly Upload[] }) {
  const texts = useTexts();
  const { number } = useFormats();
  const { photos } = texts;
  const groups = groupsOf(list, texts);
  if (groups.length === 0) return null;
  const dismiss = () => {
    for (const { id, stage } of list) if (stage.kind === "refused") uploads.remove(id);
  };
  return (
    <section aria-label={photos.refused} className="grid gap-2 rounded-medium bg-ember-soft p-4 text-note">
      {groups.map(({ text, names, again }) => (
        <div key={text} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <p className="min-w-0 grow basis-60 text-ember-text">
            <span className="font-semibold [overflow-wrap:anywhere]">
              {names.length === 1 ? names[0] : photos.refusedFiles(number(names.length))}:
            </span>{" "}
            {text}
          </p>
          {again.length > 0 && (
            <Button
              kind="dangerQuiet"
              size="small"
              onClick={() => {
                for (const id of again) uploads.retry(id);
              }}
            >
              {photos.tryAgain}
            </Button>
          )}
        </div>
      ))}
      <Button kind="dangerQuiet" size="small" className="-mb-2 -ml-4 justify-self-start" onClick={dismiss}>
        {groups.length === 1 && groups[0]?.names.length === 1 ? photos.dismissOne : photos.dismissAll}
      </Button>
    </section>
  );
}
