/** A still picture out of a running one: a JPEG that is small enough to be sent, and holds nothing but the picture. */

const LONGEST_SIDE = 1600; // pixels
const LARGEST = 230 * 1024; // bytes; the server takes a little more
const FIRST_FRAME = 4000; // ms until the first picture of a camera
const QUALITIES = [0.85, 0.7, 0.55, 0.4] as const;

/** The size that fits, sides kept in proportion. */
export function fitted(width: number, height: number, longest = LONGEST_SIDE): { width: number; height: number } {
  const share = Math.min(1, longest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

/** A camera that was just turned round takes a moment: whoever presses at once is not told of a failure. */
export async function shown(video: Pick<HTMLVideoElement, "videoWidth" | "videoHeight" | "addEventListener">): Promise<boolean> {
  if (!video.videoWidth)
    await new Promise<void>((done) => {
      const late = setTimeout(done, FIRST_FRAME);
      video.addEventListener("loadeddata", () => (clearTimeout(late), done()), { once: true });
    });
  return video.videoWidth > 0 && video.videoHeight > 0;
}

/** null where the video does not come to show anything, or the browser cannot write one small enough. */
export async function stillOf(video: HTMLVideoElement): Promise<Blob | null> {
  if (!(await shown(video))) return null;
  for (const longest of [LONGEST_SIDE, 1000, 640]) {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, fitted(video.videoWidth, video.videoHeight, longest));
    canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (blob && blob.size <= LARGEST) return blob;
    }
  }
  return null;
}
