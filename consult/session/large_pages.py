"""Large pages of memory for what a process holds for as long as it lives.

A line looks at a thousand places all over the lists that were loaded. With pages of 4 KB the processor has to look up
where most of them lie, in a virtual machine twice over; with pages of 2 MB it seldom has to.
"""

from __future__ import annotations

import contextlib
import ctypes
import platform
import re
from pathlib import Path

_SIZE = Path("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size")
_MAPS = Path("/proc/self/smaps")
_COLLAPSE = 25  # MADV_COLLAPSE, since Linux 6.1 (madvise(2), read 2026-11); Python has no name for it
_AREA = re.compile(
    r"^(?P<first>[0-9a-f]+)-(?P<last>[0-9a-f]+) rw-p 0+ 00:00 0 *(?:\[heap\])?\n"
    r"Size: +(?P<held>\d+) kB\n(?:\w+: .*\n)*?Rss: +(?P<used>\d+) kB$",
    re.M,
)
_USED = 0.8  # of an area that has to be in use: the stack of a thread is mostly room


def settle() -> int:
    """Puts the memory of this process that is in use on large pages; gives how many it made.

    To be called once what stays has been loaded; it takes some tenths of a second. Where the system has no large pages,
    too few of them or no such call, all stays as it is.
    """
    if platform.system() != "Linux":
        return 0
    made = 0
    with contextlib.suppress(OSError, ValueError):
        size = int(_SIZE.read_text())
        advise = ctypes.CDLL(None).madvise
        advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
        for area in _AREA.finditer(_MAPS.read_text()):
            if int(area["used"]) < _USED * int(area["held"]):
                continue
            first, last = -(-int(area["first"], 16) // size) * size, int(area["last"], 16) // size * size
            made += sum(advise(place, size, _COLLAPSE) == 0 for place in range(first, last, size))
    return made
