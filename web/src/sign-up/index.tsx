import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { meQuery } from "../api/queries";
import { useSession } from "../api/session";
import { ErrorPanel } from "../design/ErrorPanel";
import { Restore } from "../shell/SignedIn";
import { AccountMade, AccountStep } from "./AccountStep";
import { forgetDraft, readDraft } from "./draft";
import { WizardSkeleton } from "./WizardSkeleton";

const LoginAgain = lazy(() => import("../shell/LoginAgain"));
const ProfileStep = lazy(() => import("./ProfileStep"));
const PhotosStep = lazy(() => import("./PhotosStep"));

/** Three steps, each with an address: the browser's way back is the wizard's. */
export function Component() {
  const state = useSession();
  const navigate = useNavigate();
  if (state.status === "unknown") return <Restore />;
  if (state.status !== "out") {
    return (
      <>
        <Inside key={state.userId} userId={state.userId} />
        {state.status === "ended" && (
          <Suspense fallback={null}>
            <LoginAgain />
          </Suspense>
        )}
      </>
    );
  }
  return (
    <AccountStep onBack={() => void navigate("/")} onNext={() => void navigate("/sign-up?step=2", { replace: true })} />
  );
}

/** With an account: what is left to do. */
function Inside({ userId }: { userId: string }) {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const { data: me, error, refetch } = useQuery(meQuery);
  const step = query.get("step");
  const begunHere = readDraft().userId === userId;
  if (!me) return error ? <ErrorPanel alone error={error} onRetry={() => void refetch()} /> : <WizardSkeleton />;
  if (!begunHere && step === null && me.missing.length === 0) return <Navigate to="/discover" replace />;
  const to = (next: number) => void navigate(`/sign-up?step=${next}`);
  const finish = () => {
    forgetDraft();
    void navigate("/discover", { replace: true });
  };
  return (
    <Suspense fallback={<WizardSkeleton />}>
      {step === "1" ? (
        <AccountMade onBack={() => void navigate("/discover")} onNext={() => to(2)} />
      ) : step === "3" ? (
        <PhotosStep onBack={() => to(2)} onDone={finish} />
      ) : (
        <ProfileStep me={me} onBack={() => to(1)} onNext={() => to(3)} />
      )}
    </Suspense>
  );
}
