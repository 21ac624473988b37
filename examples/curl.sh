#!/bin/sh
# The whole flow with curl and jq: a plan, a group, a roster, its results.
# Start the mock first (npx groups-mock), or point GROUPS_BASE_URL and GROUPS_API_KEY elsewhere.
set -eu

api=${GROUPS_BASE_URL:-http://127.0.0.1:4010}
key="Authorization: Bearer ${GROUPS_API_KEY:-vit_apk_acme}"
json='Content-Type: application/json'

plan=$(curl -fsS "$api/v1/plans" -H "$key" | jq -r '.data[0].id')

group=$(curl -fsS "$api/v1/groups" -H "$key" -H "$json" \
  -d '{"name": "Keystone Bakery", "external_reference_id": "keystone-bakery"}' | jq -r .data.id)

# The complete roster. Whoever is missing from the next one is removed.
request=$(curl -fsS "$api/v1/groups/$group/members/sync" -H "$key" -H "$json" -d '{"members": [{
  "reference_id": "emp-0001", "first_name": "Noor", "last_name": "Castellan", "date_of_birth": "1988-04-12",
  "email": "noor.castellan@example.com", "plan_id": "'"$plan"'",
  "address": {"address_line_1": "12 Orchard Street", "city": "Philadelphia", "state": "PA", "zipcode": "19106"}
}]}' | jq -r .data.request_id)

# The answer is only a receipt: poll once a second until the sync is completed.
until curl -fsS "$api/v1/groups/$group/members/sync/$request" -H "$key" | jq -e '.data | select(.completed_at) | .results'; do
  sleep 1
done
