#!/usr/bin/env bash
# Fetches the chart library again, exactly as it lies in this module: npm's package of this version, checked
# against its integrity. It is on no Maven repository, so two of its files are kept here. NOTICE is not in the
# package; its text is that of the project's repository. VendoredTest checks what lies here.
set -euo pipefail

NAME=lightweight-charts
VERSION=5.2.1
INTEGRITY='sha512-IVwoK1RLFiLPubaKIjNbtjWLnpPMqiABSrTay6whmNa8L1+19292VtHJ+BWyPUuLCwF0tcQlhEWd1CLB2a1nsQ=='

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$here/src/main/resources/META-INF/resources/webjars/$NAME/$VERSION
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

(cd "$work" && npm pack --silent "$NAME@$VERSION" >/dev/null)
archive=$work/$NAME-$VERSION.tgz
found=sha512-$(openssl dgst -sha512 -binary "$archive" | base64 --wrap=0)
if [ "$found" != "$INTEGRITY" ]; then
  echo "vendor.sh: $NAME@$VERSION has the integrity $found, not $INTEGRITY; nothing is changed." >&2
  exit 1
fi
tar -xzf "$archive" -C "$work"
mkdir -p "$target"
cp "$work/package/dist/$NAME.standalone.production.mjs" "$work/package/LICENSE" "$target/"
echo "vendor.sh: $NAME@$VERSION is in $target"
