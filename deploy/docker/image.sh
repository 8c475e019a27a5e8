#!/bin/sh
# Makes target/catalog-drop-VERSION-image-ARCH.tar, a container image for docker load or podman load, without Docker and without a registry.
# First: mvn package, deploy/jlink.sh. It holds the download with its own Java, the C library of this machine (Debian's or its like, with
# glibc), and busybox as shell. Needs apt-get where there is no static busybox.
set -eu
cd "$(dirname "$0")/../.."
version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' pom.xml)
time=$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' pom.xml)
case $(uname -m) in x86_64) arch=amd64 ;; aarch64) arch=arm64 ;; *) arch=$(uname -m) ;; esac
program=target/catalog-drop-$version-linux-$(uname -m).tar.gz
[ -f "$program" ] || { echo "There is no $program. Run mvn package and deploy/jlink.sh, then start again." >&2; exit 2; }
stage=target/image
root=$stage/root
rm -rf "$stage"
mkdir -p "$root/bin" "$root/data/inbox" "$root/data/mappings" "$root/dev" "$root/etc" "$root/opt" "$root/proc" "$root/tmp" "$root/usr/lib/locale"
chmod 1777 "$root/tmp"

tar -xzf "$program" -C "$root/opt" --no-same-owner
mv "$root/opt/catalog-drop-$version" "$root/opt/catalog-drop"
java=$root/opt/catalog-drop/runtime

busybox=$(command -v busybox || true)
if [ -z "$busybox" ] || ldd "$busybox" >/dev/null 2>&1; then
  (cd "$stage" && apt-get download -q busybox-static >/dev/null 2>&1 && dpkg -x busybox-static_*.deb unpacked)
  busybox=$stage/unpacked/bin/busybox
fi
cp "$busybox" "$root/bin/busybox"
for tool in $("$root/bin/busybox" --list); do [ "$tool" = busybox ] || ln -s busybox "$root/bin/$tool"; done

# What Java's and SQLite's libraries are linked with, at the same places.
mkdir "$stage/sqlite"
unzip -q -j "$root/opt/catalog-drop/lib/sqlite-jdbc-*.jar" "org/sqlite/native/Linux/$(uname -m)/*" -d "$stage/sqlite"
find "$java/bin/java" "$java/lib" "$stage/sqlite" -type f \( -name java -o -name '*.so' \) -exec ldd {} + 2>/dev/null \
  | sed -n 's:.*[ \t]\(/[^ ]*\) (0x.*:\1:p' | grep -v "/opt/catalog-drop/runtime/" | sort -u | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
cp -r /usr/lib/locale/C.utf8 "$root/usr/lib/locale/"
printf 'root:x:0:0::/:/bin/false\ncatalog-drop:x:10001:10001::/data:/bin/false\n' > "$root/etc/passwd"
printf 'root:x:0:\ncatalog-drop:x:10001:\n' > "$root/etc/group"
pack() { tar --sort=name --numeric-owner --mtime="$time" "$@"; }
pack --owner=0 --group=0 --exclude=./data -C "$root" -cf "$stage/layer.tar" .
pack --owner=10001 --group=10001 -C "$root" -rf "$stage/layer.tar" ./data
cat > "$stage/config.json" <<END
{"architecture": "$arch", "os": "linux", "created": "$time",
 "config": {
  "User": "10001:10001", "WorkingDir": "/data", "Volumes": {"/data": {}}, "ExposedPorts": {"8026/tcp": {}}, "StopSignal": "SIGTERM",
  "Entrypoint": ["/opt/catalog-drop/bin/catalog-drop"], "Cmd": ["run"],
  "Env": ["PATH=/opt/catalog-drop/bin:/bin", "LC_ALL=C.UTF-8", "DROP_HOME=/data", "KOMMO_PACE_FOLDER=/data", "CACHE_DIRECTORY=/data/.cache",
   "DROP_MANAGEMENT_PORT=8026", "DROP_MANAGEMENT_ADDRESS=0.0.0.0"],
  "Healthcheck": {"Test": ["CMD", "wget", "-q", "-O", "-", "http://127.0.0.1:8026/health/live"],
   "Interval": 30000000000, "Timeout": 5000000000, "StartPeriod": 60000000000},
  "Labels": {"org.opencontainers.image.title": "Catalog Drop", "org.opencontainers.image.version": "$version",
   "org.opencontainers.image.description": "Loads CSV, JSON and Excel files into Kommo lists",
   "org.opencontainers.image.licenses": "Apache-2.0"}},
 "rootfs": {"type": "layers", "diff_ids": ["sha256:$(sha256sum "$stage/layer.tar" | cut -d ' ' -f 1)"]}}
END
echo "[{\"Config\": \"config.json\", \"RepoTags\": [\"catalog-drop:$version\"], \"Layers\": [\"layer.tar\"]}]" > "$stage/manifest.json"
image=target/catalog-drop-$version-image-$(uname -m).tar
pack --owner=0 --group=0 -C "$stage" -cf "$image" manifest.json config.json layer.tar
echo "$image: $(du -m "$image" | cut -f 1) MB"
