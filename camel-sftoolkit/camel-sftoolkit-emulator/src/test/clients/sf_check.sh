#!/usr/bin/env bash
# Checks of the emulator through the official CLI: sf_check.sh URL. Prints a line "ok AREA" or "failed AREA: why" each.
# Keeps its settings in a folder of its own.
set -u
url=$1
HOME=$(mktemp -d); export HOME
work=$(mktemp -d); cd "$work" || exit 1
export SF_DISABLE_TELEMETRY=true SF_AUTOUPDATE_DISABLE=true SF_SKIP_NEW_VERSION_CHECK=true SF_USE_GENERIC_UNIX_KEYCHAIN=true
export NO_COLOR=1

# check AREA COMMAND...: the command's end decides
check() {
  local area=$1; shift
  if "$@" > out 2>&1; then echo "ok $area"; else echo "failed $area: $(tr '\n' ' ' < out | tail -c 300)"; fi
}

# the second login takes the place of the first: the CLI has one of each user
login() {
  token=$(curl -s "$url/services/oauth2/token" -d grant_type=client_credentials -d client_id=emulator-client \
    -d client_secret=emulator-secret | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
  SF_ACCESS_TOKEN=$token sf org login access-token --instance-url "$url" --no-prompt --alias emu --set-default &&
  sf data query -o emu -q "SELECT Id FROM User" | grep -q 005 &&
  openssl genrsa -out key.pem 2048 2> /dev/null &&
  openssl rsa -in key.pem -pubout -out public.pem 2> /dev/null &&
  curl -sf -X PATCH "$url/__emulator/app" -H 'Content-Type: application/json' \
    -d "{\"jwtKey\":\"$(awk '{printf "%s\\n", $0}' public.pem)\"}" &&
  sf org login jwt --client-id emulator-client --jwt-key-file key.pem --username user@example.com \
    --instance-url "$url" --alias emu &&
  sf data query -o emu -q "SELECT Id FROM User" | grep -q 005
}

records() {
  id=$(sf data create record -o emu -s Account -v "Name=Cli External_ID__c=S-1" --json | sed -n 's/.*"id": "\([^"]*\)".*/\1/p') &&
  sf data get record -o emu -s Account -i "$id" | grep -q Cli &&
  sf data update record -o emu -s Account -i "$id" -v "Name=Changed" &&
  sf data get record -o emu -s Account -w "External_ID__c=S-1" | grep -q Changed &&
  sf data delete record -o emu -s Account -i "$id"
}

query() {
  sf data query -o emu -q "SELECT Id, Name FROM Organization" | grep -q Emulator
}

search() {
  sf data create record -o emu -s Account -v "Name=Findable" > /dev/null && sf data search -o emu -q "FIND {Findable} RETURNING Account(Name)" | grep -q Findable
}

describe() {
  sf sobject describe -o emu -s Account --json | grep -q '"keyPrefix": "001"'
}

bulk2() {
  printf 'Name,External_ID__c\na,B-1\nb,B-2\n' > accounts.csv
  sf data import bulk -o emu -s Account -f accounts.csv --wait 2 &&
  sf data upsert bulk -o emu -s Account -f accounts.csv -i External_ID__c --wait 2 &&
  sf data export bulk -o emu -q "SELECT Name FROM Account WHERE External_ID__c LIKE 'B-%'" --output-file out.csv --wait 2 &&
  test "$(wc -l < out.csv)" -eq 3
}

rest() {
  sf api request rest -o emu /services/data/v66.0/limits | grep -q DailyApiRequests
}

check login login
check records records
check query query
check search search
check describe describe
check "bulk 2.0" bulk2
check "other REST" rest
rm -rf "$work"
