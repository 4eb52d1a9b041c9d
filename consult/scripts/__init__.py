"""Conversation scripts: written as data, compiled once, walked by a pure engine."""

from consult.scripts.conditions import ClassesOf, Reason, View
from consult.scripts.describe import describe
from consult.scripts.engine import Coverage, coverage
from consult.scripts.guidance import guide
from consult.scripts.library import check_file, load_library, load_script
from consult.scripts.linking import names_in
from consult.scripts.proposals import proposals
from consult.scripts.schema import Branch, Item, Script, Section, Step

__all__ = [
    "Branch",
    "ClassesOf",
    "Coverage",
    "Item",
    "Reason",
    "Script",
    "Section",
    "Step",
    "View",
    "check_file",
    "coverage",
    "describe",
    "guide",
    "load_library",
    "load_script",
    "names_in",
    "proposals",
]
