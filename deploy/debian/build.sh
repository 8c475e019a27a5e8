#!/bin/sh
# Makes target/catalog-drop_VERSION_all.deb of the archive. First: mvn package. Needs dpkg-deb.
set -eu
cd "$(dirname "$0")/../.."
version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' pom.xml)
time=$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' pom.xml)
archive=target/catalog-drop-$version.tar.gz
[ -f "$archive" ] || { echo "There is no $archive. Run mvn package, then start again." >&2; exit 2; }
umask 022
root=target/debian
rm -rf "$root"
mkdir -p "$root/DEBIAN" "$root/etc/catalog-drop" "$root/lib/systemd/system" "$root/usr/bin" "$root/usr/share/doc"
tar -xzf "$archive" -C "$root/usr/share" --no-same-owner
mv "$root/usr/share/catalog-drop-$version" "$root/usr/share/catalog-drop"
program=$root/usr/share/catalog-drop
docs=$root/usr/share/doc/catalog-drop
mkdir "$docs"
mv "$program/docs" "$program"/*.md "$program/deploy" "$docs"
rm "$program/bin/catalog-drop.cmd" "$program/LICENSE"
cp deploy/debian/copyright "$docs/copyright"
ln -s ../share/catalog-drop/bin/catalog-drop "$root/usr/bin/catalog-drop"
# The settings that a package knows; the rest is as it comes. The token has a file of its own, which only the group may read.
sed -e 's:^#drop.home=.*:drop.home=/var/lib/catalog-drop:' \
  -e 's:^#kommo.access-token-file=.*:kommo.access-token-file=/etc/catalog-drop/access-token:' \
  -e 's:^#kommo.pace-folder=.*:kommo.pace-folder=/var/lib/catalog-drop:' \
  "$program/application.properties" > "$root/etc/catalog-drop/application.properties"
ln -sf /etc/catalog-drop/application.properties "$program/application.properties"
cp deploy/systemd/catalog-drop.service "$root/lib/systemd/system"
echo /etc/catalog-drop/application.properties > "$root/DEBIAN/conffiles"
for script in postinst prerm postrm; do install -m 0755 "deploy/debian/$script" "$root/DEBIAN/$script"; done
sed -e "s/@VERSION@/${DEB_VERSION:-$version}/" -e "s/@SIZE@/$(du -sk --apparent-size "$root" | cut -f 1)/" deploy/debian/control > "$root/DEBIAN/control"
# By gzip: the jars are packed already, and xz takes a minute to find that out.
SOURCE_DATE_EPOCH=$(date -d "$time" +%s) dpkg-deb -Zgzip --root-owner-group --build "$root" "target/catalog-drop_${DEB_VERSION:-$version}_all.deb"
