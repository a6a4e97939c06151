import { useQuery } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { Link, NavLink } from "react-router";
import { meQuery } from "../api/queries";
import { session } from "../api/session";
import { IconButton } from "../design/Button";
import { classes } from "../design/classes";
import { Mark } from "../design/Mark";
import { Portrait } from "../design/PhotoImage";
import { useTexts } from "../texts";
import { usePlaces } from "./places";
import { Unread } from "./Unread";

/** At the left, from 900 px. */
export function SideBar() {
  const { common } = useTexts();
  const places = usePlaces();
  return (
    <header className="sticky top-0 hidden h-dvh flex-col border-r border-line p-4.5 desk:flex">
      <Link to="/discover" className="self-start rounded-small p-2 pb-5">
        <Mark />
      </Link>
      <nav aria-label={common.mainNavigation} className="grid gap-1.5">
        {places.map(({ to, Icon, name, unread }) => (
          <NavLink
            key={to}
            to={to}
            className={({ isActive }) =>
              classes(
                "flex min-h-12 items-center gap-3 rounded-medium px-3.5 font-semibold",
                isActive ? "bg-pine-soft text-pine-text" : "text-ink-2 hover:bg-sunk hover:text-ink",
              )
            }
          >
            <Icon aria-hidden size={22} strokeWidth={2.1} />
            {name}
            <Unread count={unread} className="ml-auto" />
          </NavLink>
        ))}
      </nav>
      <Me />
    </header>
  );
}

function Me() {
  const { common } = useTexts();
  const { data: me } = useQuery(meQuery);
  return (
    <div className="mt-auto flex min-h-11 items-center gap-2.5 pl-1">
      {me && (
        <>
          <Portrait src={me.profile_image_url ?? me.image_urls[0]} name={me.display_name} className="size-11" />
          <div className="min-w-0 grow">
            <p className="truncate font-semibold">{me.display_name}</p>
            <p className="truncate text-note text-ink-2">{me.place ?? `@${me.username}`}</p>
          </div>
        </>
      )}
      <IconButton name={common.logOut} className="-mr-1.5 ml-auto" onClick={() => void session.end()}>
        <LogOut aria-hidden size={20} strokeWidth={2.1} />
      </IconButton>
    </div>
  );
}
