#!/bin/sh
# Texts on rights, aid, police, courts and diplomacy: a floor under the facts found and under the claims that tell one
# (percent; tests/reports/rights/README.md holds what was measured). usage: rights.sh PROGRAM
tools/ask-facts "${1:-build/release/annals}" tests/reports/rights --floor 84 82
