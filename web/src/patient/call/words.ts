/** The words of the device check and of the call; they are loaded with the call, not before. */

import type { Problem } from "../../media/devices";
import type { Translate } from "../../shared/i18n";

export type Device = "ios" | "android" | "computer";
export type CallWords = ReturnType<typeof callWords>;

export function callWords(t: Translate) {
  return {
    check: {
      heading: t("Get ready to talk"),
      step: (at: number, of: number) => t("Step %(at)s of %(of)s", { at, of }),
      ask: (name: string) => t("%(name)s would like to see and hear you. May we use your camera and microphone? Your browser will ask you: choose Allow.", { name }),
      allow: t("Use camera and microphone"),
      again: t("Try again"),
      without: t("Go on without"),
      soundOnly: t("Go on with sound only"),
      works: {
        camera: t("Your camera works. The microphone is still missing."),
        microphone: t("Your microphone works. The camera is still missing."),
      },
      skip: t("Skip this step"),
      phone: t("I would rather use the phone"),
      phoneChosen: (name: string, number: string) =>
        number
          ? t("That is fine. Stay on this page, and %(name)s will call you, or you call %(number)s.", { name, number })
          : t("That is fine. Stay on this page, and %(name)s will call you.", { name }),
      phoneTelling: (name: string) => t("We are telling %(name)s that you would rather talk by phone.", { name }),
      phoneUntold: (name: string) => t("We could not tell %(name)s. Please try again, or call us.", { name }),
      phoneBack: t("Use the camera after all"),
      problems: {
        dismissed: t("Your browser asked a question that was closed. Press “Try again”, then choose Allow."),
        system: t("Your device does not let the browser use the camera or the microphone. Open the settings of your device, look for Privacy, then Camera and Microphone, and allow your browser."),
        "none-found": t("We did not find a camera or a microphone. Is it plugged in? You can also go on without."),
        busy: t("Another program is using your camera or microphone. Close it, then try again."),
        unsupported: t("This browser cannot make video calls. Open the link in Safari or Chrome, or use the phone."),
        other: t("The camera or microphone did not start. Try again, or go on without."),
      } satisfies Record<Exclude<Problem, "blocked">, string>,
      blocked: {
        ios: t("Your phone blocks the camera or microphone here. Press “aA” or the small icon beside the address and choose Website Settings. Set Camera and Microphone to Allow, then try again."),
        android: t("Your phone blocks the camera or microphone here. Press the icon to the left of the address, choose Permissions, allow Camera and Microphone, then try again."),
        computer: t("Your browser blocks the camera or microphone here. Press the icon to the left of the address, allow camera and microphone, then try again."),
      } satisfies Record<Device, string>,
      see: t("Do you see yourself?"),
      seeYes: t("Yes, I see myself"),
      seeOther: t("Use the other camera"),
      seeNo: t("No"),
      seeHelp: t("Is something covering the camera? Wipe it, turn on a light, or try the other camera. You can also go on: sound is enough."),
      speak: t("Say a few words. Does the bar move?"),
      level: t("How loud we hear you"),
      heard: t("We hear you."),
      unheard: t("We hear nothing yet."),
      speakYes: t("Yes, it moves"),
      speakOther: t("Use another microphone"),
      speakNo: t("No"),
      speakHelp: t("Come closer to the device and speak up. Does your headset have a switch for the microphone? Turn it on. If the bar still does not move, go on: your pharmacist can call you by phone."),
      hear: t("Press the button. Do you hear three tones?"),
      play: t("Play the tones"),
      hearYes: t("Yes, I hear them"),
      hearNo: t("No"),
      hearHelp: t("Turn the volume up with the buttons on the side of your device. Check that it is not set to silent. Headphones may help."),
      ready: (name: string) => t("All is ready. The call starts by itself when %(name)s lets you in. Until then nobody sees or hears you.", { name }),
      readySilent: (name: string) => t("All is ready. When %(name)s lets you in, you will hear and see each other if your device allows it. You can write messages too.", { name }),
      redo: t("Check again"),
    },
    call: {
      heading: t("Video call"),
      invite: (name: string) => t("You can talk with %(name)s by video.", { name }),
      there: (name: string) => t("%(name)s is in the call and waits for you.", { name }),
      phoned: (name: string) => t("%(name)s knows that you would rather talk by phone, and will call you.", { name }),
      join: t("Join the call"),
      orPhone: (number: string) => t("Or talk by phone: %(number)s", { number }),
      waitingFor: (name: string) => t("%(name)s will be here in a moment.", { name }),
      connecting: (name: string) => t("Connecting you with %(name)s.", { name }),
      lost: (name: string) => t("The connection with %(name)s is gone. We are trying again.", { name }),
      talking: (name: string) => t("You are talking with %(name)s.", { name }),
      theirMuted: (name: string) => t("%(name)s has turned the microphone off.", { name }),
      theirCamera: (name: string) => t("%(name)s has turned the camera off.", { name }),
      theirWeak: (name: string) => t("The connection is weak. You hear %(name)s without a picture.", { name }),
      screen: (name: string) => t("%(name)s is showing you something.", { name }),
      larger: t("See it larger"),
      whole: t("What you are shown"),
      turn: t("Turn your phone on its side to see it larger."),
      pictureOf: (name: string) => t("Picture of %(name)s", { name }),
      ownPicture: t("Your own picture"),
      ownWeak: t("Your connection is weak, so we turned your picture off. Your voice goes on. Your picture comes back by itself."),
      ownBack: t("Your picture is on again."),
      listenOnly: t("You can hear and see, but nobody can hear you. Press Unmute, or use the phone."),
      mute: t("Mute"),
      unmute: t("Unmute"),
      cameraOff: t("Camera off"),
      cameraOn: t("Camera on"),
      flip: t("Flip camera"),
      hangUp: t("Hang up"),
      also: (names: string) => t("Also in the call: %(names)s.", { names }),
      parts: {
        pharmacist: t("pharmacist"),
        patient: t("patient"),
        caregiver: t("caregiver"),
        interpreter: t("interpreter"),
        supervisor: t("supervisor"),
      },
      full: t("The call is full: four people can take part. Write a message, or use the phone."),
      show: t("Show my medicine"),
      showing: {
        hold: (name: string) => t("Hold the bottle or box before the camera. %(name)s can see it now.", { name }),
        take: t("Take a picture of it"),
        still: t("The picture that you took"),
        consent: (name: string) => t("Send this picture to %(name)s? It will be kept with your visit.", { name }),
        send: t("Yes, send it"),
        again: t("Take it again"),
        close: t("Back to the call"),
        sent: (name: string) => t("Sent. %(name)s has your picture.", { name }),
        failed: t("The picture was not sent. Please try again."),
        many: t("There are many pictures already. Show it to the camera and talk about it."),
        noCamera: t("The camera does not open. You can read the label aloud."),
      },
      hear: t("Press to hear the call"),
      moved: t("The call goes on in another window or on another device of yours."),
      here: t("Bring it here"),
    },
  };
}

/** Which help fits a denial. */
export function deviceOf(agent: string, touchPoints: number): Device {
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1)) return "ios";
  return /Android/.test(agent) ? "android" : "computer";
}
