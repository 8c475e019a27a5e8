# What the benchmarks share; sourced by them from the project's folder. A scratch folder, a sandbox and perhaps a PostgreSQL server in other
# processes, all gone at the end; the folder stays if something failed.

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
sandbox=
postgres=

# need NAME: ends if what the benchmark cannot do without is not there, builds the jar if there is none, makes the scratch folder $work.
need() {
  name=$1
  command -v python3 > /dev/null || { echo "bench/$name needs python3: it measures time and memory with it." >&2; exit 2; }
  [ -f target/catalog-drop.jar ] || mvn -q -B -DskipTests package >&2
  work=$(mktemp -d "${TMPDIR:-/tmp}/catalog-drop-$name.XXXXXX")
  trap finish EXIT
  trap 'exit 130' INT TERM
}

# make_peer COMMIT|FOLDER: builds a commit in a scratch folder, unless a folder has a launcher and its jar; sets $peer.
make_peer() {
  peer=$1
  if [ ! -x "$peer/catalog-drop" ]; then
    peer=$work/peer
    mkdir "$peer"
    git archive "$1" | tar -x -C "$peer"
    (cd "$peer" && mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true package >&2)
  fi
  # Its classes are kept for later starts, before anything is measured.
  "$peer/catalog-drop" --help > /dev/null
}

finish() {
  status=$?
  # SIGINT: the server ends its connections and stops.
  if [ -n "$postgres" ]; then kill -INT "$postgres" 2> /dev/null || true; wait "$postgres" 2> /dev/null || true; fi
  if [ -n "$sandbox" ]; then kill "$sandbox" 2> /dev/null || true; wait "$sandbox" 2> /dev/null || true; fi
  if [ $status -eq 0 ]; then rm -rf "$work"; else echo "bench/$name failed; logs are in $work" >&2; fi
}

# start_sandbox HEAP [OPTION…]: without pace; sets $base_url and the settings of a load against it.
start_sandbox() {
  local heap=$1
  shift
  "$java" "-Xmx$heap" -XX:+UseParallelGC -jar target/catalog-drop.jar \
    sandbox --port "${PORT:-0}" --requests-per-second 0 --token sandbox-token "$@" > "$work/sandbox.log" 2>&1 &
  sandbox=$!
  for _ in $(seq 200); do
    base_url=$(sed -n 's/.*\(http:\/\/127[^,]*\),.*/\1/p' "$work/sandbox.log")
    [ -n "$base_url" ] && break
    kill -0 "$sandbox" 2> /dev/null || break
    sleep 0.1
  done
  [ -n "$base_url" ] || { cat "$work/sandbox.log" >&2; exit 1; }
  export KOMMO_BASE_URL=$base_url KOMMO_ACCESS_TOKEN=sandbox-token KOMMO_CATALOG_ID=4220 KOMMO_REQUESTS_PER_SECOND=0
}

# start_postgres [OPTION=VALUE…]: the server of this machine with an empty cluster, on loopback, as it is by default: each commit is on disk
# before it returns. Sets $postgres, $database (the address of a database) and $journal (the same for drop.journal).
start_postgres() {
  local programs="" as="" port option
  for programs in ${PG_BIN:-} $(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -rV) $(dirname "$(command -v initdb || echo none)"); do
    [ -x "$programs/initdb" ] && break
  done
  [ -x "$programs/initdb" ] || { echo "bench/$name needs a PostgreSQL server on this machine: install it, or set PG_BIN to the folder of initdb." >&2; exit 2; }
  mkdir "$work/postgres"
  # The server refuses to be run by root.
  if [ "$(id -u)" = 0 ]; then chmod 711 "$work"; chown nobody "$work/postgres"; as="setpriv --reuid=nobody --regid=nogroup --clear-groups"; fi
  $as "$programs/initdb" -D "$work/postgres/data" -U journal -A trust -E UTF8 > "$work/initdb.log" 2>&1 || { cat "$work/initdb.log" >&2; exit 1; }
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  {
    echo "listen_addresses = '127.0.0.1'"
    echo "port = $port"
    echo "unix_socket_directories = ''"
    echo "shared_preload_libraries = 'pg_stat_statements'"
    for option in "$@"; do echo "$option"; done
  } >> "$work/postgres/data/postgresql.conf"
  (cd "$work/postgres" && exec $as "$programs/postgres" -D data) > "$work/postgres.log" 2>&1 &
  postgres=$!
  database="postgresql://journal@127.0.0.1:$port/postgres"
  journal="jdbc:postgresql://127.0.0.1:$port/postgres"
  for _ in $(seq 100); do
    "$programs/psql" -qAtc "create extension if not exists pg_stat_statements" "$database" > /dev/null 2>&1 && return
    kill -0 "$postgres" 2> /dev/null || break
    sleep 0.1
  done
  cat "$work/postgres.log" >&2
  exit 1
}

# ask SQL: what the server answers
ask() { psql -qAtF ' ' -c "$1" "$database"; }

# median COLUMN FILE
median() { cut -d' ' -f"$1" "$2" | sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }
