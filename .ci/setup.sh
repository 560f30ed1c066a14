# Sourced by run and test: the virtual environment, the locked packages, and what the system must have.

say() { echo "heard: $*" >&2; }

# A Python of 3.11 or newer, with venv.
find_python() {
  local name
  for name in python3.11 python3.12 python3.13 python3; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      echo "$name"
      return
    fi
  done
  say "Heard needs Python 3.11 or newer"
  return 1
}

# apt_install PACKAGE...: from the system's packages, when we may; otherwise says what is missing.
apt_install() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing $*"
    apt-get update -qq >&2 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
  else
    say "please install: $*"
    return 1
  fi
}

# install_packages LOCK: .venv/ with exactly what the lock file names; seconds when nothing changed.
install_packages() {
  local lock="$1" want python
  want="$(cat "$lock" requirements-tools.txt | sha256sum | cut -d' ' -f1)"
  # What ./test installed holds all that ./run needs.
  if [ "$lock" = requirements.txt ] && [ -f .venv/heard-requirements-dev.txt ]; then
    lock=requirements-dev.txt
    want="$(cat "$lock" requirements-tools.txt | sha256sum | cut -d' ' -f1)"
  fi
  if [ "$(cat ".venv/heard-$lock" 2>/dev/null)" = "$want" ]; then return; fi
  python="$(find_python)"
  if [ ! -x .venv/bin/python ]; then
    "$python" -m venv .venv 2>/dev/null || {
      rm -rf .venv
      apt_install "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
      "$python" -m venv .venv
    }
  fi
  say "installing Python packages from $lock"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tools.txt
  .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock" ||
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
  echo "$want" >".venv/heard-$lock"
}

# gather_static: built files, fonts and Wagtail's own, compressed, in HEARD_DATA/static; again when they change.
gather_static() {
  local want
  want="$(cat requirements.txt frontend/dist/manifest.json | sha256sum | cut -d' ' -f1)"
  if [ "$(cat "$HEARD_DATA/static.stamp" 2>/dev/null)" = "$want" ]; then return; fi
  mkdir -p "$HEARD_DATA"
  .venv/bin/python manage.py collectstatic --noinput --verbosity 0
  echo "$want" >"$HEARD_DATA/static.stamp"
}
