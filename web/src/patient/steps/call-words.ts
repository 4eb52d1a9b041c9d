/** The words of the device check and of the call; they are loaded with the call, not before. */

import type { Problem } from "../../media/devices";

export type Device = "ios" | "android" | "computer";

export interface CallWords {
  check: {
    heading: string;
    step: (at: number, of: number) => string;
    ask: (name: string) => string;
    allow: string;
    again: string;
    without: string;
    skip: string;
    phone: string;
    phoneChosen: (name: string, number: string) => string;
    phoneBack: string;
    problems: Record<Exclude<Problem, "blocked">, string>;
    blocked: Record<Device, string>;
    see: string;
    seeYes: string;
    seeOther: string;
    seeNo: string;
    seeHelp: string;
    speak: string;
    level: string;
    speakYes: string;
    speakOther: string;
    speakNo: string;
    speakHelp: string;
    hear: string;
    play: string;
    hearYes: string;
    hearNo: string;
    hearHelp: string;
    ready: (name: string) => string;
    readySilent: (name: string) => string;
    redo: string;
  };
  call: {
    heading: string;
    invite: (name: string) => string;
    there: (name: string) => string;
    join: string;
    orPhone: (number: string) => string;
    waitingFor: (name: string) => string;
    connecting: (name: string) => string;
    lost: (name: string) => string;
    talking: (name: string) => string;
    theirMuted: (name: string) => string;
    theirCamera: (name: string) => string;
    theirWeak: (name: string) => string;
    screen: (name: string) => string;
    pictureOf: (name: string) => string;
    ownPicture: string;
    ownWeak: string;
    listenOnly: string;
    mute: string;
    unmute: string;
    cameraOff: string;
    cameraOn: string;
    flip: string;
    hangUp: string;
    hear: string;
    moved: string;
    here: string;
  };
}

const en: CallWords = {
  check: {
    heading: "Get ready to talk",
    step: (at, of) => `Step ${at} of ${of}`,
    ask: (name) => `${name} would like to see and hear you. May we use your camera and microphone? Your browser will ask you: choose Allow.`,
    allow: "Use camera and microphone",
    again: "Try again",
    without: "Go on without",
    skip: "Skip this step",
    phone: "I would rather use the phone",
    phoneChosen: (name, number) => `That is fine. Stay on this page, and ${name} will call you${number ? `, or you call ${number}` : ""}.`,
    phoneBack: "Use the camera after all",
    problems: {
      dismissed: "Your browser asked a question that was closed. Press “Try again”, then choose Allow.",
      system: "Your device does not let the browser use the camera or the microphone. Open the settings of your device, look for Privacy, then Camera and Microphone, and allow your browser.",
      "none-found": "We did not find a camera or a microphone. Is it plugged in? You can also go on without.",
      busy: "Another program is using your camera or microphone. Close it, then try again.",
      unsupported: "This browser cannot make video calls. Open the link in Safari or Chrome, or use the phone.",
      other: "The camera or microphone did not start. Try again, or go on without.",
    },
    blocked: {
      ios: "Your phone blocks the camera or microphone here. Press “aA” or the small icon beside the address, choose Website Settings, set Camera and Microphone to Allow, then try again.",
      android: "Your phone blocks the camera or microphone here. Press the icon to the left of the address, choose Permissions, allow Camera and Microphone, then try again.",
      computer: "Your browser blocks the camera or microphone here. Press the icon to the left of the address, allow camera and microphone, then try again.",
    },
    see: "Do you see yourself?",
    seeYes: "Yes, I see myself",
    seeOther: "Use the other camera",
    seeNo: "No",
    seeHelp: "Is something covering the camera? Wipe it, turn on a light, or try the other camera. You can also go on: sound is enough.",
    speak: "Say a few words. Does the bar move?",
    level: "How loud we hear you",
    speakYes: "Yes, it moves",
    speakOther: "Use another microphone",
    speakNo: "No",
    speakHelp: "Come closer to the device and speak up. If the bar still does not move, go on: your pharmacist can call you by phone.",
    hear: "Press the button. Do you hear three tones?",
    play: "Play the tones",
    hearYes: "Yes, I hear them",
    hearNo: "No",
    hearHelp: "Turn the volume up with the buttons on the side of your device, and check that it is not set to silent. Headphones may help.",
    ready: (name) => `All is ready. The call starts by itself when ${name} lets you in. Until then nobody sees or hears you.`,
    readySilent: (name) => `All is ready. When ${name} lets you in, you will hear and see each other as far as your device allows. You can write messages too.`,
    redo: "Check again",
  },
  call: {
    heading: "Video call",
    invite: (name) => `You can talk with ${name} by video.`,
    there: (name) => `${name} is in the call and waits for you.`,
    join: "Join the call",
    orPhone: (number) => `Or talk by phone: ${number}`,
    waitingFor: (name) => `${name} will be here in a moment.`,
    connecting: (name) => `Connecting you with ${name}.`,
    lost: (name) => `The connection with ${name} is gone. We are trying again.`,
    talking: (name) => `You are talking with ${name}.`,
    theirMuted: (name) => `${name} has turned the microphone off.`,
    theirCamera: (name) => `${name} has turned the camera off.`,
    theirWeak: (name) => `The connection is weak. You hear ${name} without a picture.`,
    screen: (name) => `${name} is showing you something.`,
    pictureOf: (name) => `Picture of ${name}`,
    ownPicture: "Your own picture",
    ownWeak: "Your connection is weak, so we turned your picture off. Your voice goes on.",
    listenOnly: "You can hear and see, but nobody can hear you. Press Unmute, or use the phone.",
    mute: "Mute",
    unmute: "Unmute",
    cameraOff: "Camera off",
    cameraOn: "Camera on",
    flip: "Flip camera",
    hangUp: "Hang up",
    hear: "Press to hear the call",
    moved: "The call goes on in another window or on another device of yours.",
    here: "Bring it here",
  },
};

const es: CallWords = {
  check: {
    heading: "Prepárese para hablar",
    step: (at, of) => `Paso ${at} de ${of}`,
    ask: (name) => `${name} quisiera verle y oírle. ¿Podemos usar su cámara y su micrófono? El navegador se lo preguntará: elija Permitir.`,
    allow: "Usar cámara y micrófono",
    again: "Intentar otra vez",
    without: "Seguir sin ellos",
    skip: "Saltar este paso",
    phone: "Prefiero hablar por teléfono",
    phoneChosen: (name, number) => `Está bien. Quédese en esta página y ${name} le llamará${number ? `, o llame usted al ${number}` : ""}.`,
    phoneBack: "Usar la cámara, después de todo",
    problems: {
      dismissed: "El navegador hizo una pregunta que se cerró. Pulse “Intentar otra vez” y elija Permitir.",
      system: "Su aparato no deja que el navegador use la cámara o el micrófono. Abra los ajustes, busque Privacidad, luego Cámara y Micrófono, y permita su navegador.",
      "none-found": "No encontramos cámara o micrófono. ¿Está conectado? También puede seguir sin ellos.",
      busy: "Otro programa está usando su cámara o su micrófono. Ciérrelo e inténtelo otra vez.",
      unsupported: "Este navegador no puede hacer videollamadas. Abra el enlace en Safari o en Chrome, o hable por teléfono.",
      other: "La cámara o el micrófono no arrancó. Inténtelo otra vez o siga sin ellos.",
    },
    blocked: {
      ios: "Su teléfono bloquea aquí la cámara o el micrófono. Pulse “aA” o el icono junto a la dirección, elija Configuración del sitio web, ponga Cámara y Micrófono en Permitir e inténtelo otra vez.",
      android: "Su teléfono bloquea aquí la cámara o el micrófono. Pulse el icono a la izquierda de la dirección, elija Permisos, permita Cámara y Micrófono e inténtelo otra vez.",
      computer: "Su navegador bloquea aquí la cámara o el micrófono. Pulse el icono a la izquierda de la dirección, permita cámara y micrófono e inténtelo otra vez.",
    },
    see: "¿Se ve usted?",
    seeYes: "Sí, me veo",
    seeOther: "Usar la otra cámara",
    seeNo: "No",
    seeHelp: "¿Hay algo delante de la cámara? Límpiela, encienda una luz o pruebe la otra cámara. También puede seguir: con el sonido basta.",
    speak: "Diga unas palabras. ¿Se mueve la barra?",
    level: "Qué tan fuerte le oímos",
    speakYes: "Sí, se mueve",
    speakOther: "Usar otro micrófono",
    speakNo: "No",
    speakHelp: "Acérquese al aparato y hable más fuerte. Si la barra sigue sin moverse, continúe: su farmacéutico puede llamarle por teléfono.",
    hear: "Pulse el botón. ¿Oye tres tonos?",
    play: "Tocar los tonos",
    hearYes: "Sí, los oigo",
    hearNo: "No",
    hearHelp: "Suba el volumen con los botones del costado y revise que el aparato no esté en silencio. Unos auriculares pueden ayudar.",
    ready: (name) => `Todo está listo. La llamada empieza sola cuando ${name} le abra la puerta. Hasta entonces nadie le ve ni le oye.`,
    readySilent: (name) => `Todo está listo. Cuando ${name} le abra la puerta, se oirán y se verán en lo que permita su aparato. También puede escribir mensajes.`,
    redo: "Comprobar otra vez",
  },
  call: {
    heading: "Videollamada",
    invite: (name) => `Puede hablar con ${name} por video.`,
    there: (name) => `${name} está en la llamada y le espera.`,
    join: "Entrar en la llamada",
    orPhone: (number) => `O hable por teléfono: ${number}`,
    waitingFor: (name) => `${name} estará aquí en un momento.`,
    connecting: (name) => `Le estamos conectando con ${name}.`,
    lost: (name) => `Se perdió la conexión con ${name}. Lo intentamos otra vez.`,
    talking: (name) => `Está hablando con ${name}.`,
    theirMuted: (name) => `${name} apagó el micrófono.`,
    theirCamera: (name) => `${name} apagó la cámara.`,
    theirWeak: (name) => `La conexión es débil. Oye a ${name} sin imagen.`,
    screen: (name) => `${name} le está mostrando algo.`,
    pictureOf: (name) => `Imagen de ${name}`,
    ownPicture: "Su propia imagen",
    ownWeak: "Su conexión es débil y apagamos su imagen. Su voz sigue.",
    listenOnly: "Usted puede oír y ver, pero nadie le oye. Pulse “Activar voz” o use el teléfono.",
    mute: "Silenciar",
    unmute: "Activar voz",
    cameraOff: "Apagar cámara",
    cameraOn: "Abrir cámara",
    flip: "Girar cámara",
    hangUp: "Colgar",
    hear: "Pulse para oír la llamada",
    moved: "La llamada sigue en otra ventana o en otro aparato suyo.",
    here: "Traerla aquí",
  },
};

export const callWords = (tag: string): CallWords => (tag === "es" ? es : en);

/** Which help fits a denial. */
export function deviceOf(agent: string, touchPoints: number): Device {
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1)) return "ios";
  return /Android/.test(agent) ? "android" : "computer";
}
