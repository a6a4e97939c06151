import { useRouteError } from "react-router";
import { Button } from "../design/Button";
import { ErrorPanel } from "../design/ErrorPanel";
import { useTexts } from "../texts";

/** A page broke, or its code couldn't be loaded. */
export function Stumbled() {
  const { common } = useTexts();
  const error = useRouteError();
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorPanel alone error={error}>
        <Button kind="main" onClick={() => location.reload()}>
          {common.problem.reload}
        </Button>
      </ErrorPanel>
    </main>
  );
}
