# What the benchmarks share; sourced by them from the project's folder. A scratch folder and a sandbox in another process, both gone at
# the end; the folder stays if something failed.

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
sandbox=

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

# median COLUMN FILE
median() { cut -d' ' -f"$1" "$2" | sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }
