import { post } from "../shared/api";
import { t } from "../shared/texts";

/** The way out of a page of staff. */
export function SignOut({ as }: { as: "pharmacist" | "supervisor" }) {
  const signOut = async () => {
    await post("/api/signout", {}, as).catch(() => undefined);
    location.assign(`/signin?as=${as}`);
  };
  return <button type="button" class="button quiet" onClick={() => void signOut()}>{t("Sign out")}</button>;
}
