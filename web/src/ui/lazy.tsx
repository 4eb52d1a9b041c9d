import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../shared/texts";

/** A part of the page that is fetched when it is first shown, or earlier by `fetch`; `failure` says that it was not. */
export function lazy<P extends object>(
  load: () => Promise<ComponentType<P>>,
  failure = t("This part could not be fetched. The notes go on; reload the page once the server can be reached."),
): ComponentType<P> & { fetch: () => void } {
  let Loaded: ComponentType<P> | null = null;
  const get = (): Promise<ComponentType<P>> => load().then((found) => (Loaded = found));
  function Lazy(props: P) {
    const [, redraw] = useState(0);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      // Also where it has arrived since this was drawn: nothing else would draw it then.
      get().then(
        () => redraw((times) => times + 1),
        () => setFailed(true),
      );
    }, []);
    if (Loaded) return <Loaded {...props} />;
    return failed ? <p class="banner">{failure}</p> : null;
  }
  return Object.assign(Lazy, { fetch: () => void get().catch(() => undefined) });
}
