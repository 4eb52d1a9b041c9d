"""Bring the catalogue of the pages' texts up to date: gather the English ones out of the sources, keep what is
translated, and write for the browser what it needs of it.

The texts of jinja2 templates, Python and TypeScript stand in one file a language, `consult/locale/<tag>/...po`.
"""

from __future__ import annotations

import io
import json
import sys
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "consult/locale"
# What the server refuses is said to whoever asked, so the messages of these errors are texts too.
ERRORS = ("Refused", "NotFound", "Forbidden", "SignInNeeded", "TooMany", "Unavailable", "StaleSequence")
KEYWORDS = {"t": None, "tn": (1, 2), "_": None, "N_": None, **dict.fromkeys(ERRORS)}
# The browser loads its part when it is wanted: by the folders in which the texts stand.
# The most exact folder counts.
PARTS = {
    "patient": ("web/src/patient/",),
    "call": ("web/src/patient/call/",),
    "staff": (
        "web/src/workspace/",
        "web/src/signin/",
        "web/src/supervisor/",
        "web/src/ui/",
        "web/src/shared/",
        "consult/",
    ),
    "server": ("consult/api/templates/", "consult/api/pages.py"),
}
BROWSER_PARTS = tuple(part for part in PARTS if part != "server")
JSON_FOLDER = ROOT / "web/src/shared/locale"


@cache
def gathered() -> Catalog:
    """Every English text of the sources, with the files it stands in; nobody changes it."""
    methods, options = parse_mapping_cfg(io.StringIO((ROOT / "babel.cfg").read_text("utf-8")))
    found = Catalog(project="consult", charset="utf-8")
    walk = extract_from_dir(ROOT, methods, options, KEYWORDS, directory_filter=_ours)
    for name, _, text, comments, context in sorted(walk, key=lambda one: (one[0], one[1])):
        if isinstance(text, tuple) or text.strip():  # a message that is put together begins with what joins it
            found.add(text, None, [(name, 0)], auto_comments=comments, context=context)
    return found


def _ours(folder: str | Path) -> bool:
    return Path(folder).name not in ("node_modules", ".venv", "static") and not Path(folder).name.startswith(".")


def languages() -> list[str]:
    return sorted(path.name for path in LOCALES.iterdir() if path.is_dir())


def po_file(tag: str) -> Path:
    return LOCALES / tag / "LC_MESSAGES/consult.po"


def read(tag: str) -> Catalog:
    with po_file(tag).open("rb") as file:
        return read_po(file, locale=tag)


def renewed(tag: str) -> bytes:
    """The language's file with today's texts: a text that is new stands in it without a translation."""
    catalogue = read(tag)
    catalogue.update(gathered(), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    out = io.BytesIO()
    write_po(out, catalogue, width=110, omit_header=True, include_lineno=False, sort_output=False, ignore_obsolete=True)
    return HEADER.format(tag=tag).encode() + out.getvalue()


HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: consult\\n"
"Language: {tag}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def for_browser(tag: str, part: str) -> str:
    """The part's texts as JSON: English -> translated, or -> [one, many]."""
    texts = {
        _key(message): list(message.string) if message.pluralizable else message.string
        for message in read(tag)
        if message.id and part in {_part(name) for name, _ in message.locations}
    }
    return json.dumps(texts, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def _part(name: str) -> str:
    folders = {folder: part for part, those in PARTS.items() for folder in those if name.startswith(folder)}
    return folders[max(folders, key=len)] if folders else ""


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def json_file(tag: str, part: str) -> Path:
    return JSON_FOLDER / f"{part}.{tag}.json"


def main() -> None:
    missing = 0
    JSON_FOLDER.mkdir(exist_ok=True)
    for tag in languages():
        po_file(tag).write_bytes(renewed(tag))
        for message in read(tag):
            if message.id and not all(message.string if message.pluralizable else [message.string]):
                missing += 1
                print(f"catalogue: {tag} lacks: {_key(message)}", file=sys.stderr)
        for part in BROWSER_PARTS:
            if (text := for_browser(tag, part)) != "{}\n":
                json_file(tag, part).write_text(text, "utf-8")
    print(f"catalogue: {', '.join(languages())}; {missing} texts without a translation")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
