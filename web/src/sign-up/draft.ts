import { z } from "zod/mini";

const text = z.catch(z.string(), "");
const tags = z.catch(z.array(z.string()), []);

const account = z.object({ username: text, email: text });
const profile = z.object({
  hobbies: tags,
  interests: tags,
  location: text,
  friend_radius: z.catch(z.number(), 25),
  display_name: text,
  birth_date: text,
  bio: text,
});
const draft = z.object({
  /** Whose it is, once there is an account. */
  userId: z.catch(z.optional(z.string()), undefined),
  account: z.catch(account, account.parse({})),
  profile: z.catch(z.optional(profile), undefined),
  /** Whether this server wants to know when somebody was born. */
  asksBirthDate: z.catch(z.boolean(), false),
});

export type Account = z.infer<typeof account>;
export type Profile = z.infer<typeof profile>;
export type Draft = z.infer<typeof draft>;

const KEY = "friender.sign-up";

/** What was typed so far in this tab, but nothing secret. */
export function readDraft(): Draft {
  try {
    return draft.parse(JSON.parse(sessionStorage.getItem(KEY) ?? "{}"));
  } catch {
    return draft.parse({});
  }
}

/** Adds to it. Only what it has a place for is kept: a password has none. */
export function keepDraft(change: Partial<Draft>) {
  sessionStorage.setItem(KEY, JSON.stringify(draft.parse({ ...readDraft(), ...change })));
}

export function forgetDraft() {
  sessionStorage.removeItem(KEY);
}
