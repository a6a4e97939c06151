import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod/mini";
import { answer, api, type Schemas } from "../api/client";
import { meQuery } from "../api/queries";
import { Button } from "../design/Button";
import { TextArea, TextField } from "../design/Field";
import { Notice } from "../design/Notice";
import { RadiusField } from "../fields/RadiusField";
import { TagsField } from "../fields/TagsField";
import { ZipField } from "../fields/ZipField";
import { type Texts, useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { keepDraft, type Profile, readDraft } from "./draft";
import { Frame } from "./Frame";
import { focusWrong, tellRefusal } from "./refused";
import { isAdult, lengthOf } from "./rules";

const LONGEST_NAME = 50;
const LONGEST_BIO = 1000;

const shape = ({ wrong }: Texts["signUp"], asksBirthDate: boolean) =>
  z.object({
    hobbies: z.array(z.string()).check(z.minLength(1, wrong.hobbies)),
    interests: z.array(z.string()).check(z.minLength(1, wrong.interests)),
    location: z.string().check(z.regex(/^\d{5}$/, wrong.zip)),
    friend_radius: z.number(),
    display_name: z.string().check(
      z.trim(),
      z.refine((name) => lengthOf(name) <= LONGEST_NAME, wrong.name),
    ),
    birth_date: z.string().check(
      z.refine((date) => date !== "" || !asksBirthDate, wrong.birthDate),
      z.refine((date) => date === "" || isAdult(date), wrong.young),
    ),
    bio: z.string().check(
      z.trim(),
      z.refine((bio) => lengthOf(bio) <= LONGEST_BIO, wrong.bio),
    ),
  });

const NAMES = ["hobbies", "interests", "location", "friend_radius", "display_name", "birth_date", "bio"] as const;

/** What was typed in this tab; else what the account has. A name that is only the username is no name yet. */
function startOf(me: Schemas["OwnCard"]): Profile {
  return (
    readDraft().profile ?? {
      hobbies: [...me.hobbies],
      interests: [...me.interests],
      location: me.location ?? "",
      friend_radius: me.friend_radius,
      display_name: me.display_name === me.username ? "" : me.display_name,
      birth_date: me.birth_date ?? "",
      bio: me.bio,
    }
  );
}

type ProfileStepProps = { me: Schemas["OwnCard"]; onBack: () => void; onNext: () => void };

/** What one likes, and how far one would go for it. */
export default function ProfileStep({ me, onBack, onNext }: ProfileStepProps) {
  const texts = useTexts();
  const { signUp } = texts;
  const { number } = useFormats();
  const queries = useQueryClient();
  const asks = me.missing.includes("birth_date") || readDraft().asksBirthDate;
  const resolver = useMemo(() => zodResolver(shape(signUp, asks)), [signUp, asks]);
  const defaultValues = useMemo(() => startOf(me), [me]);
  const { register, control, handleSubmit, setError, subscribe, watch, formState } = useForm<Profile>({
    resolver,
    mode: "onTouched",
    defaultValues,
  });
  const { errors, isSubmitting } = formState;
  useEffect(
    () => subscribe({ formState: { values: true }, callback: ({ values }) => keepDraft({ profile: values }) }),
    [subscribe],
  );

  const submit = handleSubmit(async ({ display_name, birth_date, ...fields }) => {
    try {
      const named = { ...fields, display_name: display_name || me.username };
      const body = birth_date ? { ...named, birth_date } : named;
      const { user } = await answer(api.PATCH("/api/v1/me", { body }));
      keepDraft({ asksBirthDate: asks });
      queries.setQueryData(meQuery.queryKey, user);
      onNext();
    } catch (error) {
      tellRefusal(error, NAMES, texts, setError);
    }
  }, focusWrong);

  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Frame
        step={2}
        title={signUp.profile.title}
        lead={signUp.profile.lead}
        onBack={onBack}
        footer={
          <>
            {errors.root && (
              <Notice tone="ember" role="alert">
                {errors.root.message}
              </Notice>
            )}
            <Button type="submit" kind="main" size="large" disabled={isSubmitting}>
              {isSubmitting ? signUp.profile.saving : signUp.profile.next}
            </Button>
          </>
        }
      >
        {(["hobbies", "interests"] as const).map((name) => (
          <Controller
            key={name}
            control={control}
            name={name}
            render={({ field: { value, onChange, onBlur } }) => (
              <TagsField
                label={signUp.profile[name]}
                value={value}
                onChange={onChange}
                onBlur={onBlur}
                suggestions={8}
                error={errors[name]?.message}
              />
            )}
          />
        ))}
        <Controller
          control={control}
          name="location"
          render={({ field: { value, onChange, onBlur } }) => (
            <ZipField
              value={value}
              onChange={onChange}
              onBlur={onBlur}
              hint={signUp.profile.zipHint}
              error={errors.location?.message}
            />
          )}
        />
        <Controller
          control={control}
          name="friend_radius"
          render={({ field: { value, onChange } }) => (
            <RadiusField zip={watch("location")} value={value} onChange={onChange} />
          )}
        />
        <h2 className="mt-2 text-title">{signUp.profile.others}</h2>
        <TextField
          label={signUp.profile.name}
          optional
          hint={signUp.profile.nameHint(me.username)}
          autoComplete="nickname"
          error={errors.display_name?.message}
          {...register("display_name")}
        />
        <TextField
          label={signUp.profile.birthDate}
          optional={!asks}
          hint={signUp.profile.birthDateHint}
          type="date"
          autoComplete="bday"
          error={errors.birth_date?.message}
          {...register("birth_date")}
        />
        <TextArea
          label={signUp.profile.bio}
          optional
          rows={3}
          hint={signUp.profile.bioHint(number(Math.max(0, LONGEST_BIO - lengthOf(watch("bio")))))}
          error={errors.bio?.message}
          {...register("bio")}
        />
      </Frame>
    </form>
  );
}
