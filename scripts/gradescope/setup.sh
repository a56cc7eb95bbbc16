#!/usr/bin/env bash
# Run once by Gradescope, as root, while it makes the image in which submissions are then judged: installs
# what Interleave needs, builds it, and sees that every engine finds its faults there.
set -euo pipefail
cd "$(dirname "$0")/interleave"

# Not everything that unpacks a zip keeps what may be run.
find scripts -type f ! -name '*.*' -exec chmod +x {} +
# The solutions are not in the zip, and each lesson wants to have one.
for shipped in solutions/*/shipped.c; do
    echo "/* The reference solution is not in this copy. */" >"${shipped%/*}/exercise.c"
done
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install --yes --no-install-recommends make
make build/interleave
# What the judged code has no business with: a sandbox keeps it out, and so does the owner.
chmod -R go= ../private ../grading.ini 2>/dev/null || true
build/interleave doctor || echo "setup.sh: an engine does not work in this image (see above); what needs it will not be judged" >&2
