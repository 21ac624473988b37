#!/bin/sh
# Runs a command against its own mock, then fails if the client did something that would go wrong in production.
#   sh examples/advise.sh npm test
# With pytest, use the plugin's setting groups_fail_on instead, because the plugin starts its own mock.
# The command finds the mock at GROUPS_BASE_URL. If it fails itself, so does this script, with the same exit code.
set -eu

# Not npx, because it would not pass on the signal that ends the mock.
mock=${GROUPS_MOCK:-node_modules/.bin/groups-mock}
address=$(mktemp)
# Syncs take two seconds, so that the advisor sees how the client polls.
$mock --port 0 --quiet --sync-delay 2000 >"$address" &
pid=$!
trap 'kill $pid 2>/dev/null || true; rm -f "$address"' EXIT
trap 'exit 130' INT TERM
until [ -s "$address" ]; do
  kill -0 $pid 2>/dev/null || exit 2 # The mock has printed the reason.
  sleep 0.1
done

GROUPS_BASE_URL=$(cat "$address")
export GROUPS_BASE_URL
"$@"
$mock advise --url "$GROUPS_BASE_URL" --fail-on "${GROUPS_MOCK_FAIL_ON:-warning}"
