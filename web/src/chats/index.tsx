import { Outlet } from "react-router";
import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";

/** The list; from 900 px with the chat (the outlet) beside it. */
export function Component() {
  const { chats } = useTexts();
  return (
    <>
      <PageHead title={chats.title} />
      <Outlet />
    </>
  );
}
