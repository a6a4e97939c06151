import { type FormEvent, useRef } from "react";
import { useNavigate } from "react-router";
import type { Schemas } from "../api/client";
import { announce } from "../design/Announcer";
import { Button } from "../design/Button";
import { TextArea, TextField } from "../design/Field";
import { Notice } from "../design/Notice";
import { TagsField } from "../fields/TagsField";
import { ZipField } from "../fields/ZipField";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { problemText } from "../texts/problems";
import { LONGEST_BIO, lengthOf } from "./changes";
import { Unsaved } from "./Unsaved";
import { useDraft } from "./useDraft";

/** All fields that others see, and the ZIP code and birth date behind two of them. */
export function EditForm({ own }: { own: Schemas["OwnCard"] }) {
  const texts = useTexts();
  const { form } = texts.me;
  const { number } = useFormats();
  const navigate = useNavigate();
  const element = useRef<HTMLFormElement>(null);
  const saved = useRef(false);
  const { draft, set, leave, problemOf, submit, problem, isSaving, isDirty } = useDraft(own, () => {
    saved.current = true;
    announce(form.saved);
    void navigate("/me", { replace: true });
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (submit()) return;
    announce(form.check);
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  return (
    <form ref={element} noValidate onSubmit={onSubmit} className="grid gap-7 px-4 pt-2 pad:px-6">
      <TextField
        label={form.name}
        hint={form.nameHint}
        value={draft.display_name}
        autoComplete="nickname"
        error={problemOf("display_name")}
        onChange={(event) => set("display_name", event.target.value)}
        onBlur={() => leave("display_name")}
      />
      <TextArea
        label={form.bio}
        optional
        rows={5}
        hint={form.bioHint(number(Math.max(LONGEST_BIO - lengthOf(draft.bio), 0)))}
        value={draft.bio}
        error={problemOf("bio")}
        onChange={(event) => set("bio", event.target.value)}
        onBlur={() => leave("bio")}
      />
      <TagsField
        label={form.hobbies}
        hint={form.hobbiesHint}
        value={draft.hobbies}
        suggestions={8}
        error={problemOf("hobbies")}
        onChange={(tags) => set("hobbies", tags)}
      />
      <TagsField
        label={form.interests}
        hint={form.interestsHint}
        value={draft.interests}
        suggestions={8}
        error={problemOf("interests")}
        onChange={(tags) => set("interests", tags)}
      />
      <div className="grid items-start gap-7 pad:grid-cols-2 pad:gap-5">
        <ZipField
          value={draft.location}
          hint={form.zipHint}
          error={problemOf("location")}
          onChange={(zip) => set("location", zip)}
        />
        <TextField
          label={form.birthDate}
          hint={form.birthDateHint}
          type="date"
          autoComplete="bday"
          value={draft.birth_date}
          error={problemOf("birth_date")}
          onChange={(event) => set("birth_date", event.target.value)}
          onBlur={() => leave("birth_date")}
        />
      </div>
      <div className="sticky bottom-0 z-10 -mx-4 grid gap-3 border-t border-line bg-paper px-4 py-4 pb-[max(1rem,env(safe-area-inset-bottom))] pad:-mx-6 pad:px-6">
        {problem && (
          <Notice tone="ember" role="alert">
            {problemText(problem, texts).text}
          </Notice>
        )}
        <Button type="submit" kind="main" size="large" disabled={isSaving}>
          {isSaving ? form.saving : form.save}
        </Button>
      </div>
      <Unsaved when={() => isDirty && !saved.current} />
    </form>
  );
}
