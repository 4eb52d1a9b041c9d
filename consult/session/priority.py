"""What the analysis may take of a machine that the live session needs at once."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import struct

NICE = 10
SLICE = 100_000_000  # nanoseconds, the longest that Linux takes
_SCHED_SETATTR = {"x86_64": 314, "aarch64": 274}  # numbers of the call, which Python has no name for
_ATTRIBUTES = struct.Struct("=IIQiIQQQ")  # size, policy, flags, nice, priority, runtime, deadline, period


def stand_back(pid: int) -> None:
    """Lets a process work whenever a core is free and give it back at once to whoever wakes.

    A lower priority alone does not: a process that runs keeps its core for some milliseconds even when one of more
    weight wakes. Since 6.12 Linux lets whoever wakes with a shorter slice go before one with a longer, and a process
    may ask for a slice of its own (sched(7) and sched_setattr(2), read 2026-11). Elsewhere only the priority counts.
    """
    with contextlib.suppress(OSError):  # it is gone, or may not be told: then it works as any other
        os.setpriority(os.PRIO_PROCESS, pid, NICE)
    number = _SCHED_SETATTR.get(platform.machine()) if platform.system() == "Linux" else None
    if number is not None:
        attributes = _ATTRIBUTES.pack(_ATTRIBUTES.size, 0, 0, NICE, 0, SLICE, 0, 0)
        ctypes.CDLL(None).syscall(number, pid, ctypes.c_char_p(attributes), 0)  # refused before 6.12: as without
