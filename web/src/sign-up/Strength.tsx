import { classes } from "../design/classes";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { LONGEST_PASSWORD, lengthOf, SHORTEST_PASSWORD, strengthOf } from "./rules";

/** How strong a password is, by the server's rules: only its length counts. */
export function Strength({ password }: { password: string }) {
  const { signUp } = useTexts();
  const { number } = useFormats();
  const strength = strengthOf(password);
  const length = lengthOf(password);
  const words =
    length === 0
      ? signUp.passwordHint
      : length > LONGEST_PASSWORD
        ? signUp.passwordLong
        : strength === 0
          ? signUp.passwordMore(SHORTEST_PASSWORD - length, number(SHORTEST_PASSWORD - length))
          : signUp.strengths[strength - 1];
  return (
    <span className="grid gap-1.5">
      <span aria-hidden className="mt-1 grid grid-cols-3 gap-1.5">
        {[1, 2, 3].map((level) => (
          <span
            key={level}
            className={classes("h-1.5 rounded-full transition-colors", strength >= level ? "bg-pine" : "bg-line")}
          />
        ))}
      </span>
      <span>{words}</span>
    </span>
  );
}
