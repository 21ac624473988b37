#!/bin/sh
# Runs a command against a mock of its own, then fails where the client would fare badly in production.
#   sh examples/advise.sh npm test
# The command finds the mock at GROUPS_BASE_URL. Its own failure comes first.
set -eu

# Not npx, which would not pass on the signal that ends the mock.
mock=${GROUPS_MOCK:-node_modules/.bin/groups-mock}
address=$(mktemp)
# Syncs take two seconds, so that it can be seen how the client polls.
$mock --port 0 --quiet --sync-delay 2000 >"$address" &
pid=$!
trap 'kill $pid 2>/dev/null || true; rm -f "$address"' EXIT
trap 'exit 130' INT TERM
until [ -s "$address" ]; do
  kill -0 $pid 2>/dev/null || exit 2 # It has said why.
  sleep 0.1
done

GROUPS_BASE_URL=$(cat "$address")
export GROUPS_BASE_URL
"$@"
$mock advise --url "$GROUPS_BASE_URL" --fail-on "${GROUPS_MOCK_FAIL_ON:-warning}"
