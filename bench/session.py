"""The live session under load, beside a bare python-socketio echo with the same client in the same run.

    python bench/session.py [--only throughput,connect,...] [--seconds 2] [--rounds 3]
                            [--postgres postgresql://postgres@127.0.0.1/postgres] [--redis redis://127.0.0.1:6379/0]

throughput  acknowledged, durable note lines a second (validated, authorised, decided, stored with their audit row,
            folded, sent to the members) at 50 and 200 clients, SQLite and PostgreSQL, beside the echo's events; the
            processor time of each; p50 and p99 of both at one offered load over ten seconds or more, and of what no
            durable line can be below, due at the same pace: the disk alone (what one line writes, and an fdatasync),
            on PostgreSQL one row and its commit
connect     2,000 signed-in sockets at once           replay   500 missed events
memory      a live consult with three sockets         analysis acknowledgement p99 with half a core taken beside
slope       processor time a line, 10 to 1,000 consults, beside the echo's with as many sockets, and without what the
            same sockets cost while nobody writes (a sign of life both ways every five seconds)
nodes       two nodes on PostgreSQL: lines a second, and how far the other node is behind, with Redis and without

Rounds go in turn and the medians are printed. Read the ratios: the rates are of this machine and this hour.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import math
import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.lean import Lean
from bench.pages import percentile
from bench.site import Server, echoing, fill, new_database, serving
from consult.app import new_id

QUERY = "as=pharmacist"
PACED_SECONDS = 20.0  # in all, of what is sent at one pace: a p99 of a second or two says little


class Writer:
    """One page in one consult. Each line is changed fifty times, so that a note stays as long as a note is."""

    def __init__(self, page: Lean, number: int) -> None:
        self.page, self.consult_id, self._rev, self._line = page, f"c{number}", 0, ""

    @classmethod
    async def join(cls, server: Server, cookie: str, number: int) -> Writer:
        page = await Lean.dial(server.origin, QUERY if cookie else "", cookie)
        if cookie:
            answer, _ = await page.ask("join", {"consult_id": f"c{number}", "since": 0})
            assert answer["ok"], answer
        return cls(page, number)

    async def write(self) -> tuple[Any, float]:
        """One line; the answer, and the seconds it took. The echo answers the same message."""
        if self._rev % 50 == 0:
            self._line = uuid.uuid4().hex[:12]
        text = f"talks about her week, her knees and her sister's garden {self._rev}"
        line = {"line_id": self._line, "after": "", "base_rev": self._rev % 50, "text": text}
        self._rev += 1
        command = {
            "consult_id": self.consult_id,
            "command_id": new_id(),  # as the pages make theirs
            "type": "put_note_line",
            "data": line,
        }
        answer, took = await self.page.ask("command", command)
        if not answer["ok"]:
            raise RuntimeError(answer["code"])
        return answer, took


async def load(writers: list[Writer], seconds: float, rate: float = 0.0) -> list[float]:
    """The seconds that each line took: one after the other, or `rate` lines a second of all together.

    At a rate each page has times of its own, evenly spread, and keeps them after a line that took longer: pages that
    waited together would else go on writing together, and their lines share commits that they would not share.
    """
    took: list[float] = []
    start = time.perf_counter()
    end, every = start + seconds, len(writers) / rate if rate else 0.0

    async def one(number: int, writer: Writer) -> None:
        due = start + number * every / len(writers)
        while due < end:
            if rate:
                await asyncio.sleep(due - time.perf_counter())
            took.append((await writer.write())[1])
            now = time.perf_counter()
            due = due + every * max(1, math.ceil((now - due) / every)) if rate else now

    await asyncio.gather(*(one(number, writer) for number, writer in enumerate(writers)))
    return took


async def disk(seconds: float) -> list[float]:
    """The seconds that each of 100 writes a second waits until it is on the disk of the temporary folder: the 32
    KB that SQLite writes for one line, within a file that keeps its length."""
    page, numbers = os.urandom(32 * 1024), itertools.count()
    with tempfile.TemporaryFile(buffering=0) as file:
        file.write(bytes(128 * len(page)))
        os.fsync(file.fileno())

        async def write() -> None:
            os.pwrite(file.fileno(), page, next(numbers) % 128 * len(page))
            os.fdatasync(file.fileno())

        return await paced(write, seconds)


async def one_row(postgres: str, seconds: float) -> list[float]:
    """The same for one row of a table without an index, on a connection that does nothing else."""
    connection = await asyncpg.connect(postgres)
    try:
        await connection.execute("CREATE TABLE IF NOT EXISTS bench_rows (text text)")
        insert = await connection.prepare("INSERT INTO bench_rows VALUES ($1)")
        return await paced(lambda: insert.fetch("x" * 1000), seconds)
    finally:
        await connection.close()


async def paced(write: Callable[[], Awaitable[object]], seconds: float) -> list[float]:
    """Each write is due at its time, whether or not the one before it is done, as the lines of many pages are; those
    that became due meanwhile share the next write, as in a group commit. One that was only begun when the one before
    it is done would count a stall of a fifth of a second once, and not for the twenty lines that wait for it.
    """
    took: list[float] = []
    due = time.perf_counter()
    end = due + seconds
    while due < end:
        waited = due > time.perf_counter()
        await asyncio.sleep(due - time.perf_counter())
        began = time.perf_counter()
        await write()
        done = time.perf_counter()
        while due < min(began, end):
            took.append(done - (began if waited else due))  # the timer of a loop is up to a millisecond late
            due += 0.01
    return took


async def writers_of(server: Server, cookie: str, count: int) -> list[Writer]:
    return await asyncio.gather(*(Writer.join(server, cookie, number) for number in range(count)))


def closed(writers: list[Writer]) -> None:
    for writer in writers:
        writer.page.close()


async def throughput(given: argparse.Namespace) -> None:
    print(
        "lines a second           echo    lines  ratio | processor us: echo  line  ratio"
        " | at 100/s p50/p99 ms: echo      line   disk / row"
    )
    for name, place in (("SQLite", ""), ("PostgreSQL", given.postgres)):
        if name == "PostgreSQL" and not place:
            continue
        for count in (50, 200):
            async with new_database(place) as database:
                cookie = await fill(database, count)
                async with serving(database) as server, echoing() as echo:
                    ours, theirs = await writers_of(server, cookie, count), await writers_of(echo, "", count)
                    await load(ours, 1.0)
                    at_one_pace: tuple[list[float], ...] = ([], [], [])
                    for _ in range(math.ceil(PACED_SECONDS / given.seconds)):
                        for found, writers in zip(at_one_pace, (theirs, ours), strict=False):
                            found += await load(writers, given.seconds, 100.0)
                        at_one_pace[2].extend(
                            await (one_row(database, given.seconds) if place else disk(given.seconds))
                        )
                    rows = []
                    for _ in range(given.rounds):
                        row: list[float] = []
                        for one, writers in ((echo, theirs), (server, ours)):
                            before = one.cpu()
                            took = await load(writers, given.seconds)
                            row += [len(took) / given.seconds, 1e6 * (one.cpu() - before) / len(took)]
                        rows.append(row)
                    closed(ours)
                    closed(theirs)
            echoes, echo_us, lines, line_us = (statistics.median(column) for column in zip(*rows, strict=True))
            ratio = statistics.median(row[2] / row[0] for row in rows)
            cpu = statistics.median(row[1] / row[3] for row in rows)
            print(
                f"{name:<12}{count:>4} clients {echoes:>7.0f} {lines:>8.0f} {ratio:>6.2f} |{echo_us:>19.0f}"
                f" {line_us:>5.0f} {cpu:>6.2f} |              "
                + "".join(f"{percentile(found, 0.5):>6.1f}/{percentile(found, 0.99):<5.1f}" for found in at_one_pace)
            )


async def connect(given: argparse.Namespace) -> None:
    async with new_database("") as database:
        cookie = await fill(database, 1)
        async with serving(database) as server:
            took, errors = [], 0
            for _ in range(given.rounds):
                began = time.perf_counter()
                found = await asyncio.gather(
                    *(Lean.dial(server.origin, QUERY, cookie) for _ in range(2000)), return_exceptions=True
                )
                took.append(time.perf_counter() - began)
                pages = [one for one in found if isinstance(one, Lean)]
                errors += len(found) - len(pages)
                for page in pages:
                    page.close()
                await asyncio.sleep(1.0)
    print(f"2,000 signed-in sockets connect in {statistics.median(took):.2f} s, {errors} errors")


async def replay(given: argparse.Namespace) -> None:
    async with new_database("") as database:
        cookie = await fill(database, 1, lines=510)
        async with serving(database) as server:
            took = []
            for _ in range(10 * given.rounds):
                page = await Lean.dial(server.origin, QUERY, cookie)
                answer, seconds = await page.ask("join", {"consult_id": "c0", "since": 12})
                assert len(answer["events"]) == 500, len(answer["events"])
                took.append(seconds)
                page.close()
    print(f"500 missed events: p50 {percentile(took, 0.5):.1f} ms, p99 {percentile(took, 0.99):.1f} ms")


async def memory(given: argparse.Namespace) -> None:
    count = 200
    async with new_database("") as database:
        cookie = await fill(database, count + 1, lines=40)
        async with serving(database) as server:
            warm = await Writer.join(server, cookie, count)
            await asyncio.sleep(1)
            before = server.resident()
            pages = [await Writer.join(server, cookie, number) for number in range(count) for _ in range(3)]
            await asyncio.sleep(1)
            kilobytes = (server.resident() - before) / count / 1000
            closed([warm, *pages])
    print(f"a live consult of 40 lines with three sockets: {kilobytes:.0f} KB")


async def analysis(given: argparse.Namespace) -> None:
    found: dict[str, list[float]] = {"none": [], "half": []}
    async with new_database("") as database:
        cookie = await fill(database, 50)
        for _ in range(given.rounds):
            for kind, p99s in found.items():
                async with serving(database, kind) as server:
                    writers = await writers_of(server, cookie, 50)
                    await load(writers, 1.0, 100.0)
                    p99s.append(percentile(await load(writers, 2 * given.seconds, 100.0), 0.99))
                    closed(writers)
    without, beside = (statistics.median(one) for one in found.values())
    print(f"acknowledgement p99 at 100/s: {without:.1f} ms, half a core taken beside: {beside:.1f} ms", end="")
    print(f", x {beside / without:.1f}")


async def slope(given: argparse.Namespace) -> None:
    """Beside the echo: both meet what they touch again only after a while with caches that others have filled. A
    round lasts until the last of 1,000 pages has had its turn; all rounds are of one length, so that each holds the
    same share of what goes on beside."""
    seconds = 1000 / 200.0
    costs: dict[str, dict[int, float]] = {"a line": {}, "a line beyond rest": {}, "an echo": {}}
    for count in (10, 100, 1000):
        async with new_database("") as database:
            cookie = await fill(database, count)
            async with serving(database) as server, echoing() as echo:
                for name, one, who in (("a line", server, cookie), ("an echo", echo, "")):
                    writers = await writers_of(one, who, count)
                    await load(writers, 1.0, 200.0)
                    before = one.cpu()
                    await asyncio.sleep(seconds)  # also the time between two signs of life
                    rest = 1e6 * (one.cpu() - before) / seconds
                    parts = []
                    for _ in range(given.rounds):
                        before = one.cpu()
                        took = await load(writers, seconds, 200.0)
                        parts.append(1e6 * (one.cpu() - before) / len(took))
                    costs[name][count] = min(parts)
                    if one is server:
                        costs["a line beyond rest"][count] = min(parts) - rest * seconds / len(took)
                    closed(writers)
    for name, found in costs.items():
        print(
            f"processor time {name} at 200/s: "
            + ", ".join(f"{count} consults {cost:.0f} us" for count, cost in found.items())
            + f"; slope 10 to 1,000: x {found[1000] / found[10]:.2f}"
        )


async def nodes(given: argparse.Namespace) -> None:
    if not given.postgres:
        print("two nodes: --postgres says where")
        return
    for name, redis in (("with Redis", given.redis), ("without", "")):
        if name == "with Redis" and not redis:
            continue
        async with new_database(given.postgres) as database:
            cookie = await fill(database, 50)
            async with serving(database, redis=redis) as first, serving(database, redis=redis) as second:
                writers = [await Writer.join((first, second)[n % 2], cookie, n) for n in range(50)]
                watcher = await Lean.dial(second.origin, QUERY, cookie)
                seen: dict[int, float] = {}

                def heard(event: str, data: Any, at: float, seen: dict[int, float] = seen) -> None:
                    if event == "events":
                        for seq in range(data["from"], data["to"] + 1):
                            seen.setdefault(seq, at)

                watcher.heard = heard
                await watcher.ask("join", {"consult_id": "c0", "since": 0})  # c0 is written at the first node
                took = await load(writers, given.seconds)
                answered: dict[int, float] = {}
                for _ in range(20):
                    answer, _ = await writers[0].write()
                    answered[answer["seq"]] = time.perf_counter()
                    await asyncio.sleep(0.1)
                await asyncio.sleep(2.5)
                closed(writers)
                watcher.close()
        lags = [max(0.0, seen[seq] - at) for seq, at in answered.items() if seq in seen]
        missing = len(answered) - len(lags)
        print(
            f"two nodes {name}: {len(took) / given.seconds:.0f} lines a second together; the other node is behind by "
            f"p50 {percentile(lags, 0.5):.0f} ms, at most {percentile(lags, 1.0):.0f} ms; {missing} not seen"
        )


PARTS: dict[str, Callable[[argparse.Namespace], Awaitable[None]]] = {
    "throughput": throughput,
    "connect": connect,
    "replay": replay,
    "memory": memory,
    "analysis": analysis,
    "slope": slope,
    "nodes": nodes,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--postgres", default="", help="a server on which databases may be made and dropped")
    parser.add_argument("--redis", default="")
    given = parser.parse_args()
    import uvloop

    for name in given.only.split(","):
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(PARTS[name](given))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
