/** Each in its own language. */
const LANGUAGES = [
  { tag: "en", name: "English" },
  { tag: "es", name: "Español" },
] as const;

/**
 * The same page in each other language. The server keeps the choice; the page is loaded anew, and a call that stands is
 * joined again.
 */
export function LanguageLinks({ short = false }: { short?: boolean }) {
  return (
    <>
      {LANGUAGES.filter(({ tag }) => tag !== document.documentElement.lang).map(({ tag, name }) => (
        <a key={tag} class="button quiet" href="" lang={tag} hreflang={tag} aria-label={short ? `${tag.toUpperCase()}, ${name}` : undefined} onClick={(event) => goTo(event, tag)}>
          {short ? tag.toUpperCase() : name}
        </a>
      ))}
    </>
  );
}

function goTo(event: Event, tag: string): void {
  event.preventDefault();
  location.assign(`?lang=${tag}${location.hash}`);
}
