#!/usr/bin/env bash
# Unpacks the stores of tests/test_stores.py into a folder: Virtuoso and Apache Jena from Debian's packages. Nothing is
# installed, no service is started, root is not needed. What cannot be had is told, and left out of the tests.
#   tools/get_engines.sh [FOLDER]      (default: .engines)
set -uo pipefail
folder=${1:-.engines}

if [ -f "$folder/done" ]; then exit 0; fi
for tool in apt-get apt-cache dpkg dpkg-query; do
  command -v $tool >/dev/null || { echo "no $tool here: Virtuoso and Jena are left out" >&2; exit 0; }
done
mkdir -p "$folder/packages" "$folder/root"

# $1: a package: itself and all that it needs, but of what is installed only jars, which must be in one folder
needed() {
  apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances "$1" \
    | grep '^[a-z]' | grep -v debconf | sort -u \
    | while read -r name; do
        case $name in *-java) echo "$name"; continue ;; esac
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || echo "$name"
      done
}

# $1: a package; $2: the program or library that shows that it is there
get() {
  apt-cache show "$1" >/dev/null 2>&1 || { [ "$(id -u)" != 0 ] || apt-get update -q >/dev/null; }
  apt-cache show "$1" >/dev/null 2>&1 || { echo "$1: no such package here (is apt-get update due?), left out" >&2; return; }
  local names
  names=$(needed "$1")
  # shellcheck disable=SC2086 (a list of names)
  (cd "$folder/packages" && timeout 300 apt-get download -q $names >/dev/null 2>&1) || true
  for name in $names; do
    for package in "$folder/packages/${name}"_*.deb; do [ -e "$package" ] && dpkg -x "$package" "$folder/root"; done
  done
  [ -e "$folder/root/$2" ] && echo "$1: unpacked into $folder" || echo "$1: could not be downloaded, left out" >&2
}

get virtuoso-opensource-7 usr/bin/virtuoso-t
get libapache-jena-java usr/share/java/jena-cmds.jar
command -v java >/dev/null || echo "no java here: Jena is left out" >&2
rm -rf "$folder/packages"
[ -e "$folder/root/usr/bin/virtuoso-t" ] && [ -e "$folder/root/usr/share/java/jena-cmds.jar" ] && touch "$folder/done"
exit 0
