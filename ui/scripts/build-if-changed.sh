#!/bin/sh
# Builds the page into dist/, unless nothing it is made of has changed since the last time.
# Called by the Maven build; "npm run build" builds always.
set -eu
cd "$(dirname "$0")/.."

needs="The page is built with Node.js 20.19 or newer and npm. Install them, or build without the page: -Dui.skip"
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || {
  echo "Node.js or npm was not found. $needs" >&2
  exit 1
}
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || {
  echo "Node.js $(node --version) is too old. $needs" >&2
  exit 1
}

stamp=dist/.made-of
made_of=$(find src public scripts index.html package.json package-lock.json vite.config.ts tsconfig.json \
  -type f -exec sha256sum {} + | LC_ALL=C sort | sha256sum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$made_of" ]; then
  exit 0
fi

PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --prefer-offline --loglevel=error
npm run build --silent -- --logLevel warn
echo "$made_of" >"$stamp"
