"""The render process: reads pages from its standard input, writes PDFs to its standard output, under limits.

Started by `pdf.Renderer` as `python -m consult.takeaway.render_worker`. A message is a length of four bytes and
that many bytes; an answer is one byte ("P" a PDF, "E" the name of the failure), a length and the bytes.
The process holds no network and reads no file but fonts and packages: WeasyPrint's fetcher refuses every
address, and after the start an audit hook refuses sockets, programs, and files elsewhere.
"""

from __future__ import annotations

import gc
import os
import resource
import struct
import sys
from pathlib import Path
from typing import BinaryIO

LENGTH = struct.Struct(">I")


def main() -> None:
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    source = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not mix with the answers
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from consult.takeaway.tagged import make_pdf, warm_up

    warm_up()
    gc.freeze()
    gc.disable()  # a page is a burst of objects: collected after the answer, not in the middle
    sys.addaudithook(_refuse)
    _answer(answers, b"P", b"")
    while True:
        head = source.read(LENGTH.size)
        if len(head) < LENGTH.size:
            return
        html = source.read(LENGTH.unpack(head)[0]).decode("utf-8")
        _allow_seconds(seconds)
        try:
            pdf = make_pdf(html)
        except (MemoryError, RecursionError) as error:
            _answer(answers, b"E", type(error).__name__.encode())
            return  # what is left of this process is not to be trusted
        except BaseException as error:  # FatalURLFetchingError is no Exception
            _answer(answers, b"E", type(error).__name__.encode())
            if not isinstance(error, Exception):
                return
        else:
            _answer(answers, b"P", pdf)
            gc.collect()


def _answer(stream: BinaryIO, kind: bytes, data: bytes) -> None:
    stream.write(kind + LENGTH.pack(len(data)) + data)
    stream.flush()


def _allow_seconds(seconds: int) -> None:
    """So much processor time for the next page; the system ends the process beyond it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


PACKAGE = Path(__file__).resolve().parents[1]
READABLE = tuple(
    str(path)
    for path in {
        Path(sys.prefix),
        Path(sys.base_prefix) / "lib",
        PACKAGE,
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path("/usr/lib"),
    }
)
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename")


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path, _mode, flags = arguments
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if isinstance(path, int) or (str(path).startswith(READABLE) and ".." not in str(path) and not writes):
            return
        raise PermissionError("the render process opens no files")
    if event.startswith(FORBIDDEN):
        raise PermissionError("the render process does only one thing")


if __name__ == "__main__":
    main()
