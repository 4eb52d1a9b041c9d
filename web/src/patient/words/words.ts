/** Every text of the patient's page before the call. English stands here; the others in the catalogue. */

import type { Translate } from "../../shared/i18n";
import type { Problem } from "../dates";

export type Words = ReturnType<typeof wordsWith>;

export function wordsWith(tag: string, t: Translate) {
  return {
    tag,
    t,
    title: t("Your medicine visit"),
    help: t("Need help? Call"),
    language: t("Language"),
    opening: t("One moment, your page is opening."),
    confirm: {
      heading: t("Welcome. When were you born?"),
      why: t("We ask so that only you can open your visit."),
      legend: t("Your date of birth"),
      month: t("Month"),
      day: t("Day"),
      year: t("Year"),
      example: t("For example: March\u00a04\u00a01951, or 3\u00a04\u00a01951"),
      go: t("Continue"),
      checking: t("Checking"),
      problems: {
        empty: t("Please write your date of birth."),
        incomplete: t("Please fill in the month, the day and the year."),
        "unclear-year": t("Please write all four numbers of the year, like 1951."),
        "no-such-day": t("We cannot find this day in the calendar. Please check the month and the day."),
        future: t("This day has not come yet. Please check the year."),
        "too-old": t("Please check the year."),
      } satisfies Record<Problem, string>,
      refused: t("This date does not fit the link, or the link no longer works. Check the date and try again. If it still does not work, call us."),
      tooMany: t("There were too many tries. Wait 15 minutes and try again, or call us now."),
    },
    invited: {
      heading: t("You are invited to a medicine visit"),
      what: t("Press the button to go to the waiting room. The pharmacist will let you in."),
      go: t("Go to the waiting room"),
      refused: t("This link no longer works. Ask for a new one, or call us."),
    },
    noLink: {
      heading: t("Please open the link that we sent you"),
      what: t("This page opens from the link in our message to you. If you cannot find it, call us. We will send you a new one, or hold your visit by phone."),
    },
    waiting: {
      heading: t("You are in the waiting room"),
      seen: (name: string) => t("%(name)s can see that you are here, and will let you in.", { name }),
      seenPlain: t("Your pharmacist can see that you are here, and will let you in."),
      notYet: (name: string) => t("%(name)s will be told that you are here.", { name }),
      your: t("Your pharmacist"),
      withWhom: t("The pharmacist"),
      guest: t("Keep this page open. The call starts when you are let in."),
      when: t("Your appointment"),
      stay: t("Keep this page open. You can have your medicine bottles ready."),
    },
    leave: {
      button: t("Leave the visit"),
      note: t("You can come back. Leaving does not end your visit."),
      heading: t("You have left the visit"),
      what: (name: string) => t("Your visit is still open. %(name)s can see that you left.", { name }),
      back: t("Go back to the visit"),
      signOut: t("I am done"),
    },
    connection: {
      lost: t("The connection is lost. We are trying again by ourselves. If it takes long, call us."),
      back: t("You are connected again."),
    },
    errors: {
      offline: t("There is no internet connection now. Check it and try again, or call us."),
      other: t("Something went wrong on our side. Please try again. If it does not help, call us."),
    },
    someone: t("Your pharmacist"),
  };
}
