"""HTML to PDF in a process of its own that can be killed: at once, after a deadline, or for its memory."""

from __future__ import annotations

import asyncio
import atexit
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from consult.errors import Unavailable

LENGTH = struct.Struct(">I")
PACKAGE_ROOT = Path(__file__).resolve().parents[2]


class RenderFailed(Unavailable):
    """No PDF: `code` is render-timeout, render-crashed, render-refused or render-too-large."""

    code = "render-failed"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost. Bytes, seconds of wall clock, seconds of processor; `pages` until a fresh process."""

    html_bytes: int = 2_000_000
    pdf_bytes: int = 20_000_000
    memory_bytes: int = 1_500_000_000
    wall_seconds: float = 15.0
    start_seconds: float = 30.0
    cpu_seconds: int = 12
    pages: int = 500


class Renderer:
    """A warm render process. Safe to use from several threads (one page at a time); a killed process is replaced."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._rendered = 0
        self._lock = threading.Lock()

    def render(self, html: str) -> bytes:
        """The PDF of a page; RenderFailed (with its code) where there is none."""
        data = html.encode("utf-8", errors="replace")
        if len(data) > self.limits.html_bytes:
            raise RenderFailed("The document is too large to print.", code="render-too-large")
        with self._lock:
            process = self._ready()
            try:
                kind, answer = self._ask(process, data)
            except BaseException:
                self._end()
                raise
            self._rendered += 1
            if kind != b"P" or self._rendered >= self.limits.pages:  # after a failure start afresh
                self._end()
        if kind != b"P":
            raise RenderFailed(
                "The document could not be printed.", code="render-refused", because=answer.decode("ascii", "replace")
            )
        return answer

    def warm(self) -> None:
        """Start the process before the first page is asked for."""
        with self._lock:
            self._ready()

    def close(self) -> None:
        """End the process; a later page starts a new one."""
        with self._lock:
            self._end()

    @property
    def pid(self) -> int | None:
        """The process that would render now, if one runs."""
        process = self._process
        return process.pid if process and process.poll() is None else None

    def _ready(self) -> subprocess.Popen[bytes]:
        process = self._process
        if process is not None and process.poll() is None:
            return process
        self._end()
        limits = self.limits
        command = [sys.executable, "-m", "consult.takeaway.render_worker"]
        process = subprocess.Popen(
            [*command, str(limits.memory_bytes), str(limits.cpu_seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=_environment(),
            start_new_session=True,
        )
        self._process, self._rendered = process, 0
        try:
            self._read(process, time.monotonic() + limits.start_seconds)
        except BaseException:
            self._end()
            raise
        return process

    def _ask(self, process: subprocess.Popen[bytes], data: bytes) -> tuple[bytes, bytes]:
        deadline = time.monotonic() + self.limits.wall_seconds
        self._write(process, LENGTH.pack(len(data)) + data, deadline)
        return self._read(process, deadline)

    def _write(self, process: subprocess.Popen[bytes], data: bytes, deadline: float) -> None:
        assert process.stdin is not None
        descriptor = process.stdin.fileno()
        os.set_blocking(descriptor, False)
        left = memoryview(data)
        while left:
            _wait(descriptor, selectors.EVENT_WRITE, deadline)
            try:
                left = left[os.write(descriptor, left) :]
            except BrokenPipeError as error:
                raise _crashed() from error

    def _read(self, process: subprocess.Popen[bytes], deadline: float) -> tuple[bytes, bytes]:
        head = self._read_exactly(process, 1 + LENGTH.size, deadline)
        size = LENGTH.unpack(head[1:])[0]
        if size > self.limits.pdf_bytes:
            raise RenderFailed("The document is too large to print.", code="render-too-large")
        return head[:1], self._read_exactly(process, size, deadline)

    @staticmethod
    def _read_exactly(process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
        assert process.stdout is not None
        descriptor = process.stdout.fileno()
        data = bytearray()
        while len(data) < size:
            _wait(descriptor, selectors.EVENT_READ, deadline)
            piece = os.read(descriptor, min(size - len(data), 1 << 20))
            if not piece:
                raise _crashed()
            data += piece
        return bytes(data)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()


def _wait(descriptor: int, event: int, deadline: float) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, event)
        if not selector.select(max(0.0, deadline - time.monotonic())):
            raise RenderFailed("The document took too long to print.", code="render-timeout")


def _crashed() -> RenderFailed:
    return RenderFailed("The print process ended without a document.", code="render-crashed")


def _environment() -> dict[str, str]:
    """A bare environment: no secrets of the server reach the render process."""
    passed = ("PATH", "HOME", "LD_LIBRARY_PATH", "FONTCONFIG_FILE")
    kept = {name: os.environ[name] for name in passed if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(PACKAGE_ROOT),
        "PYTHONSAFEPATH": "1",  # nothing is imported from the folder the server was started in
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "0",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


_renderer = Renderer()
atexit.register(_renderer.close)


def render_pdf_sync(html: str) -> bytes:
    """The PDF of a page, in the shared render process."""
    return _renderer.render(html)


async def render_pdf(html: str) -> bytes:
    """As `render_pdf_sync`, without holding up the event loop."""
    return await asyncio.to_thread(_renderer.render, html)


def warm() -> None:
    """Start the shared render process, so that the first page does not wait for it (about a second)."""
    _renderer.warm()


def close() -> None:
    """End the shared render process."""
    _renderer.close()
