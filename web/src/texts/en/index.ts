import { chat } from "./chat";
import { chats } from "./chats";
import { common } from "./common";
import { conversation } from "./conversation";
import { deck } from "./deck";
import { fields } from "./fields";
import { forgot } from "./forgot";
import { hellos } from "./hellos";
import { landing } from "./landing";
import { login } from "./login";
import { match } from "./match";
import { me } from "./me";
import { notFound } from "./not-found";
import { person } from "./person";
import { photos } from "./photos";
import { profile } from "./profile";
import { safety } from "./safety";
import { shell } from "./shell";
import { signUp } from "./sign-up";

export const en = {
  chat,
  chats,
  common,
  conversation,
  deck,
  fields,
  forgot,
  hellos,
  landing,
  login,
  match,
  me,
  notFound,
  person,
  photos,
  profile,
  safety,
  shell,
  signUp,
};

/** What every language has: the same keys, checked by the compiler. */
export type Texts = typeof en;
