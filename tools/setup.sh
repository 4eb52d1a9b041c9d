#!/bin/sh
# Set up everything that `make run` and `make test` need. Says what it does; does nothing twice.
# usage: tools/setup.sh run|test
set -eu
cd "$(dirname "$0")/.."
say() { printf 'setup: %s\n' "$1"; }

PYTHON=${PYTHON:-python3}
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "setup: Python 3.11 or newer is needed: sudo apt-get install python3.11 python3.11-venv (or set PYTHON=...)" >&2
  exit 1
fi

# System packages: Pango for the PDF, Chromium for the browser test.
missing=""
"$PYTHON" - <<'P' || missing="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
import ctypes.util, sys
sys.exit(0 if all(ctypes.util.find_library(n) for n in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")) else 1)
P
if [ "$1" = test ] && ! command -v chromium >/dev/null 2>&1 && ! command -v google-chrome >/dev/null 2>&1; then
  missing="$missing chromium"
fi
if ! fc-list 2>/dev/null | grep -q DejaVuSans.ttf; then
  missing="$missing fontconfig fonts-dejavu-core"
fi
if [ -n "$missing" ]; then
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    say "installing system packages:$missing"
    { apt-get install -y -q $missing >/dev/null 2>&1 || { apt-get update -q >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y -q $missing >/dev/null 2>&1; }; } || {
      echo "setup: missing system packages; install them with: sudo apt-get install -y $missing" >&2; exit 1; }
  else
    echo "setup: missing system packages; install them with: sudo apt-get install $missing" >&2
    exit 1
  fi
fi

# Python: one virtual environment, pinned by constraints.txt.
want=$(cat pyproject.toml constraints.txt | cksum)
if [ ! -x .venv/bin/python ] || [ "$(cat .venv/.consult 2>/dev/null || true)" != "$want" ]; then
  [ -x .venv/bin/python ] || { say "making the virtual environment .venv"; "$PYTHON" -m venv .venv; }
  say "installing the Python packages (a few minutes the first time)"
  .venv/bin/python -m pip install -qq --disable-pip-version-check "pip>=25.1" >/dev/null
  .venv/bin/python -m pip install -qq --disable-pip-version-check -c constraints.txt hatchling editables
  CONSULT_SKIP_BUNDLE=1 .venv/bin/python -m pip install -qq --disable-pip-version-check -c constraints.txt --no-build-isolation -e . --group dev
  printf '%s' "$want" > .venv/.consult
fi

# The browser bundle.
if [ "$1" = run ]; then .venv/bin/python tools/bundle.py; else .venv/bin/python tools/bundle.py --check; fi
