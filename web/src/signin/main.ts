import "../ui/tokens.css";
import { ApiError, post } from "../shared/api";
import { t } from "../shared/texts";

const form = document.querySelector<HTMLFormElement>("#signin");
const message = document.querySelector<HTMLElement>("#signin-message");

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void signIn(form);
});

async function signIn(form: HTMLFormElement): Promise<void> {
  const data = new FormData(form);
  const as = String(data.get("as") ?? "pharmacist");
  const button = form.querySelector("button");
  if (button) button.disabled = true;
  if (message) message.textContent = "";
  try {
    await post("/api/signin", { login: data.get("login"), password: data.get("password"), as });
    location.assign(as === "supervisor" ? "/supervisor" : "/pharmacist");
  } catch (error) {
    if (message) message.textContent = error instanceof ApiError ? error.message : t("That did not work. Please try again.");
    form.querySelector<HTMLInputElement>("#password")?.select();
    if (button) button.disabled = false;
  }
}
