"""The scripts that come with the program, and the check of a file that somebody wrote."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from consult.errors import BadFile
from consult.scripts.compiler import compile_part, compile_script
from consult.scripts.linking import items_in, leaves_in
from consult.scripts.schema import Script
from consult.scripts.sources import Sources, unbundle

LIBRARY = Path(__file__).parent / "library"


def load_script(path: Path) -> Script:
    """The compiled script of a file; raises BadFile with file, line and reason."""
    return compile_script(path)


def load_library(folder: Path | None = None, language: str = "en") -> Mapping[str, Script]:
    """Every script of a language by id ("cmr"). Parts (files that begin with `part:`) are taken in by scripts only."""
    place = (folder or LIBRARY) / language
    if not place.is_dir():
        raise BadFile(place, None, "there is no such folder of scripts")
    scripts: dict[str, Script] = {}
    sources = Sources()
    for path in sorted(place.glob("*.yaml")):
        root = sources.root(path)
        if root.has("part"):
            continue
        script = compile_script(path, sources)
        if script.id in scripts:
            raise root.bad(f"the script '{script.id}' stands in two files")
        if script.language != language:
            raise root.bad(f"the script is in '{script.language}' but stands in the folder '{language}'")
        scripts[script.id] = script
    return scripts


def library_files(language: str = "en") -> tuple[Path, ...]:
    """Every script and part that comes with the program."""
    return tuple(sorted((LIBRARY / language).rglob("*.yaml")))


def restore_script(kept: bytes) -> Script:
    """The script of a bundle (`Script.source`), as it was when it was kept. Raises BadFile."""
    return compile_script(*unbundle(kept))


def check_file(path: Path) -> list[str]:
    """A short summary of a sound script or part; raises BadFile otherwise."""
    sources = Sources()
    if sources.root(path).has("part"):
        part = compile_part(path, sources)
        return [f"{path.name}: part with {len(part.steps)} steps and {len(part.branches)} branches"]
    script = compile_script(path, sources)
    unreviewed = sum(block.origin.reviewer == "unreviewed" for block in script.blocks)
    return [
        f"{path.name}: script '{script.id}' version {script.version}, {script.title}",
        f"{len(script.sections)} sections, {len(script.steps)} steps, {len(script.branches)} branches, "
        f"{sum(1 for _ in items_in(script))} items, {sum(leaf.item.required for leaf in leaves_in(script))} required",
        f"languages: {', '.join(script.languages)}; {unreviewed} steps and branches are not reviewed by a pharmacist",
    ]
