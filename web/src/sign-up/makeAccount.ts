import { answer, api, type Schemas } from "../api/client";
import { ApiProblem, UNREACHABLE } from "../api/problem";
import { session } from "../api/session";

export type NewAccount = { username: string; password: string; email?: string };
export type Made = { userId: string; asksBirthDate: boolean };

/** Makes the account and begins its session, which a reload keeps. */
export async function makeAccount(account: NewAccount): Promise<Made> {
  const { access_token, user } = await signUp(account);
  session.begin(access_token);
  return { userId: user.id, asksBirthDate: user.missing.includes("birth_date") };
}

// The answer to a sign-up was lost: it may have been made all the same.
let unsure: string | undefined;

/** The new account's session; of one that was made before all the same, another. */
async function signUp(account: NewAccount): Promise<Schemas["SessionAnswer"]> {
  try {
    return await answer(api.POST("/api/v1/users", { body: { ...account, refresh: "cookie" } }));
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.code === "username_taken" && unsure === account.username) {
      const made = await logIn(account).catch(() => undefined);
      if (made) return made;
    }
    unsure = error.code === UNREACHABLE ? account.username : undefined;
    throw error;
  }
}

const logIn = ({ username, password }: NewAccount) =>
  answer(api.POST("/api/v1/login", { body: { username, password, refresh: "cookie" } }));
