import { filesChosen } from "./dropped";
import { OFFERED } from "./kinds";

type Choice = { many?: boolean; folder?: boolean };

/** Opens the system's file chooser; nothing happens when it is closed without a choice. */
export function choose({ many, folder }: Choice, take: (files: File[]) => void) {
  const input = document.createElement("input");
  input.type = "file";
  input.hidden = true;
  input.multiple = many ?? false;
  if (folder) input.webkitdirectory = true;
  else input.accept = OFFERED;
  input.addEventListener("cancel", () => input.remove());
  input.addEventListener("change", () => {
    const files = filesChosen(input.files);
    input.remove();
    if (files.length > 0) take(files);
  });
  // Some browsers forget a chooser that is nowhere in the page.
  document.body.append(input);
  input.click();
}
