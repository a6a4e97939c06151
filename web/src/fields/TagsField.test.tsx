import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { TagsField } from "./TagsField";

function Form({ onTags }: { onTags: (tags: string[]) => void }) {
  const [tags, setTags] = useState<string[]>([]);
  return (
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <TagsField
        label="Hobbies"
        value={tags}
        onChange={(next) => {
          setTags(next);
          onTags(next);
        }}
      />
      <button type="button">Elsewhere</button>
    </QueryClientProvider>
  );
}

beforeEach(() => {
  vi.stubGlobal("fetch", async () => Response.json({ items: [{ name: "climbing", about: "10" }], next_cursor: null }));
});

test("tags are typed, pasted, picked and removed", async () => {
  const user = userEvent.setup();
  const onTags = vi.fn();
  render(<Form onTags={onTags} />);
  const input = screen.getByRole("textbox", { name: "Hobbies" });
  await user.type(input, "Board games{Enter}chess,");
  expect(onTags).toHaveBeenLastCalledWith(["board games", "chess"]);
  await user.click(input);
  await user.paste("jazz, Chess, baking");
  expect(onTags).toHaveBeenLastCalledWith(["board games", "chess", "jazz", "baking"]);
  await user.click(await screen.findByRole("button", { name: "climbing" }));
  await user.click(screen.getByRole("button", { name: "chess" }));
  expect(onTags).toHaveBeenLastCalledWith(["board games", "jazz", "baking", "climbing"]);
});

test("picking a suggestion doesn't add the letters typed so far; going elsewhere does", async () => {
  const user = userEvent.setup();
  const onTags = vi.fn();
  render(<Form onTags={onTags} />);
  const input = screen.getByRole("textbox", { name: "Hobbies" });
  await user.type(input, "cli");
  await user.click(await screen.findByRole("button", { name: "climbing" }));
  expect(onTags).toHaveBeenLastCalledWith(["climbing"]);
  await user.type(input, "chess");
  await user.click(screen.getByRole("button", { name: "Elsewhere" }));
  expect(onTags).toHaveBeenLastCalledWith(["climbing", "chess"]);
});
