#!/bin/sh
# Makes target/catalog-drop-VERSION-linux-ARCH.tar.gz: the archive with a Java runtime of its own. First: mvn package. Needs a JDK 17 or newer.
set -eu
cd "$(dirname "$0")/.."
version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' pom.xml)
time=$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' pom.xml)
archive=target/catalog-drop-$version.tar.gz
[ -f "$archive" ] || { echo "There is no $archive. Run mvn package, then start again." >&2; exit 2; }
stage=target/jlink
name=catalog-drop-$version
rm -rf "$stage"
mkdir -p "$stage"
tar -xzf "$archive" -C "$stage"
rm "$stage/$name/bin/catalog-drop.cmd"
# What the libraries use, by jdeps, without the windows and remote calls that only Camel's unused parts name; then elliptic curves for TLS, and
# the charsets of old files.
"${JAVA_HOME:+$JAVA_HOME/bin/}jlink" --output "$stage/$name/runtime" --compress=2 --strip-debug --no-header-files --no-man-pages \
  --add-modules java.logging,java.management,java.naming,java.security.jgss,java.sql,jdk.charsets,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="$time" -C "$stage" -cf - "$name" | gzip -9n > "target/$name-linux-$(uname -m).tar.gz"
echo "target/$name-linux-$(uname -m).tar.gz: $(du -sm "$stage/$name" | cut -f 1) MB unpacked"
