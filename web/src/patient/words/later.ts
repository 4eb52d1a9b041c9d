/** The texts of the steps after the waiting room; they are loaded with those steps. */

import type { Translate } from "../../shared/i18n";
import type { Reply, Verdict } from "../../shared/told";

export type LaterWords = ReturnType<typeof laterWords>;

export function laterWords(t: Translate) {
  return {
    expired: {
      heading: t("This page is closed now"),
      what: t("It was open for a long time, or its link was ended. To come back to the visit, open the link in our message again. If that does not work, call us."),
    },
    /** By the server's code. */
    closed: {
      "too-many": {
        heading: t("Your visit is open too many times"),
        what: t("Close the other windows of it, on all your devices. This page then goes on by itself."),
      },
      "foreign-origin": {
        heading: t("This page does not work at this address"),
        what: t("Open the link in our message again. If that does not work, call us."),
      },
    } as Record<string, { heading: string; what: string } | undefined>,
    missed: {
      heading: t("This visit has ended"),
      what: t("The visit ended before you were let in. Please call us to find a new time."),
    },
    done: {
      heading: t("You are done"),
      what: t("You can close this page now. You are signed out on this device. To come back, open the link in our message again."),
    },
    visit: {
      with: (name: string) => t("Your visit with %(name)s", { name }),
      about: t("We are talking about:"),
      starting: t("Getting started"),
      medicines: t("Your medicines so far"),
      noMedicines: t("Your medicines will be listed here as you talk about them."),
      contains: (what: string) => t("Contains %(what)s", { what }),
      reason: (why: string) => t("For: %(why)s", { why }),
      notTaking: t("You do not take these now"),
      ready: t("Your summary is ready"),
      away: (name: string) => t("%(name)s has lost the connection and will be back. Please stay here.", { name }),
    },
    captions: {
      heading: t("Captions"),
      none: (name: string) => t("What %(name)s writes for you while talking shows up here.", { name }),
      show: t("Show captions"),
      hide: t("Hide"),
      hideThem: t("Hide captions"),
      size: t("Size of the captions"),
      sizes: { small: t("Captions: large"), middle: t("Captions: larger"), large: t("Captions: largest") },
    },
    chat: {
      heading: t("Messages"),
      empty: (name: string) => t("You can write to %(name)s here.", { name }),
      you: t("You"),
      write: t("Write a message"),
      send: t("Send"),
      sending: t("Sending"),
      failed: t("Your message was not sent. Please try again."),
      arrived: (name: string) => t("New message from %(name)s", { name }),
    },
    after: {
      heading: t("Your visit has ended"),
      thanks: (name: string) => t("Thank you for talking with %(name)s.", { name }),
      ready: t("Here is your summary. It has your to-do list and your list of medicines."),
      notReady: t("Your pharmacist is finishing your summary. It will show up here. If you close this page, we will send it to you."),
      read: t("Read my summary"),
      print: t("Print it"),
      save: t("Save it as a PDF"),
      newWindow: t("opens in a new window"),
      forms: t("The same summary in another form:"),
      large: t("Large print"),
      larger: t("Very large print"),
      contrast: t("Black on white"),
      plain: t("Plain text, to be read aloud"),
      recalled: t("Your pharmacist took your summary back to change it. Do not use the old one. The new one will show up here, or we will send it to you."),
    },
    list: {
      question: t("Is this right?"),
      of: (name: string) => t("Is this right? %(name)s", { name }),
      replies: {
        right: t("Yes, that’s right"),
        wrong: t("Not right"),
        unsure: t("Not sure"),
      } satisfies Record<Reply, string>,
      said: {
        right: t("You said: yes, that’s right."),
        wrong: t("You said: not right."),
        unsure: t("You said: not sure."),
      } satisfies Record<Reply, string>,
      seen: (name: string) => t("%(name)s can see your answer.", { name }),
      change: t("Change my answer"),
      more: t("What is different? Write it here, or just say it."),
      send: t("Send"),
      failed: t("Your answer was not sent. Please try again."),
    },
    rating: {
      heading: t("Two short questions"),
      helped: t("Did this visit help you with your medicines?"),
      worked: t("Could you see and hear each other well?"),
      verdicts: { yes: t("Yes"), partly: t("Partly"), no: t("No") } satisfies Record<Verdict, string>,
      words: t("Is there anything you want to tell us? You can leave this empty."),
      send: t("Send my answers"),
      both: t("Please answer both questions first."),
      failed: t("Your answers were not sent. Please try again."),
      thanks: t("Thank you. Your answers help us to do better."),
    },
    guest: {
      with: (name: string) => t("A medicine visit with %(name)s", { name }),
      medicines: (name: string) => t("The medicines of %(name)s so far", { name }),
      ended: t("The visit has ended"),
      thanks: t("Thank you for your help. You can close this page now."),
    },
  };
}
