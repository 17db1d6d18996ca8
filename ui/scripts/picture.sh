#!/usr/bin/env bash
# Takes the picture of the README anew: ScreensTest asks the samples and takes it of the answer.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
./docent test -pl src -am '-Dtest=ScreensTest#areAsTheyShouldBe*'
cp src/target/pictures/reader-1440-light.png ui/pictures/answer.png
