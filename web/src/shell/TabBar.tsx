import { NavLink } from "react-router";
import { classes } from "../design/classes";
import { useTexts } from "../texts";
import { usePlaces } from "./places";
import { Unread } from "./Unread";

/** Below, on phones. Settings are reached from "You". */
export function TabBar() {
  const { common } = useTexts();
  const tabs = usePlaces().slice(0, 3);
  return (
    <nav
      aria-label={common.mainNavigation}
      className="fixed inset-x-0 bottom-0 z-20 grid grid-cols-3 border-t border-line bg-paper pb-[env(safe-area-inset-bottom)] desk:hidden"
    >
      {tabs.map(({ to, Icon, name, unread }) => (
        <NavLink key={to} to={to} className="group grid justify-items-center gap-1 pt-3 pb-2.5">
          {({ isActive }) => (
            <>
              <span
                className={classes(
                  "relative grid h-8 w-14 place-items-center rounded-full",
                  isActive ? "bg-pine-soft text-pine-text" : "text-ink-2 group-hover:text-ink",
                )}
              >
                <Icon aria-hidden size={22} strokeWidth={2.1} />
                <Unread count={unread} className="absolute -top-1 right-0" />
              </span>
              <span className={classes("text-small font-semibold", isActive ? "text-pine-text" : "text-ink-2")}>
                {name}
              </span>
            </>
          )}
        </NavLink>
      ))}
    </nav>
  );
}
