#!/bin/sh
# Which of the invented reports in tests/disputes contradict one another: a floor under what is shown
# and under what of it is right (measured 89 and 100).
program=${1:-build/release/annals}
tools/ask-disputes "$program" --floor 80 90
