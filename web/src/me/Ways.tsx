import { Hand, Images, LogOut, type LucideIcon, Pencil, Settings } from "lucide-react";
import type { Schemas } from "../api/client";
import { session } from "../api/session";
import { LinkRow, RowLook, Rows } from "../design/Rows";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";

/** Where one goes from here; the last one is the way out. */
export function Ways({ me }: { me: Schemas["OwnCard"] }) {
  const texts = useTexts();
  const { number } = useFormats();
  const photos = me.image_urls.length;
  const ways: { to: string; Icon: LucideIcon; title: string; note: string }[] = [
    { to: "/me/edit", Icon: Pencil, title: texts.me.edit, note: texts.me.editNote },
    {
      to: "/me/photos",
      Icon: Images,
      title: texts.me.photos,
      note: photos === 0 ? texts.me.noPhotos : texts.me.photoCount(photos, number(photos)),
    },
    { to: "/said-hi", Icon: Hand, title: texts.me.saidHi, note: texts.me.saidHiNote },
    { to: "/settings", Icon: Settings, title: texts.common.settings, note: texts.me.settingsNote },
  ];
  return (
    <Rows>
      {ways.map((way) => (
        <LinkRow key={way.to} {...way} />
      ))}
      <li>
        <button type="button" className="w-full text-left" onClick={() => void session.end()}>
          <RowLook Icon={LogOut} title={texts.common.logOut} note={texts.me.logOutNote(me.username)} />
        </button>
      </li>
    </Rows>
  );
}
