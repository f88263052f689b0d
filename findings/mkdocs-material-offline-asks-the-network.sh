#!/usr/bin/env bash
# mkdocs-material: its plugin `offline` makes every page load a script from a public host, with `font: false` and without `mermaid` too.
# mkdocs==1.6.1 mkdocs-material==9.8.2
# Good engineers guess: `plugins: [search, offline]` builds a site that needs no network, the more so with `font: false`.
# What happens: each page holds <script src="https://unpkg.com/iframe-worker/shim">, which a site without the plugin does not have;
#   only the further plugin `privacy` would fetch it, at build time, from that host. Offline, the search stays dead.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-material==9.8.2 2> pip.log || { cat pip.log; exit 2; }
mkdir docs
printf '# Home\n\nText.\n' > docs/index.md
build() {
  printf 'site_name: x\ntheme: {name: material, font: false}\nplugins: [%s]\n' "$1" > mkdocs.yml
  NO_MKDOCS_2_WARNING=1 venv/bin/mkdocs build --quiet --strict -d "$2" 2> build.log || { cat build.log; exit 2; }
  echo "plugins: [$1]"
  grep -oE '(src|href)="https?://[^"]*"' "$2/index.html" | grep -v squidfunk | sed 's/^/  /' || true
}
build 'search' plain
build 'search, offline' offline
! grep -q 'src="https://' plain/index.html
grep -q '<script src="https://unpkg.com/iframe-worker/shim">' offline/index.html
