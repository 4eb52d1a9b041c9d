"""What a process has read before a command is forked from it: the modules, and the word lists that are kept."""

from consult.app import build_analysis

build_analysis()
