import { useQuery } from "@tanstack/react-query";
import type { Schemas } from "../api/client";
import { meQuery } from "../api/queries";
import { PhotoImage } from "../design/PhotoImage";
import { useTexts } from "../texts";

const ROUND = "size-33 rounded-full border-5 border-white";

/** Both, overlapping. */
export function Portraits({ user }: { user: Schemas["PersonCard"] }) {
  const { common } = useTexts();
  const { data: me, refetch } = useQuery(meQuery);
  return (
    <div className="flex justify-center">
      <PhotoImage
        src={me?.profile_image_url ?? me?.image_urls[0]}
        alt={common.you}
        name={me?.display_name ?? ""}
        eager
        className={`${ROUND} -mr-3.5`}
        onFail={() => void refetch()}
      />
      <PhotoImage
        src={user.image_urls[0]}
        alt={common.photoOf(user.display_name)}
        name={user.display_name}
        eager
        className={ROUND}
      />
    </div>
  );
}
