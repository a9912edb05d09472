#!/usr/bin/env bash
# What the official CLI finds after a restart: sf_restart_check.sh URL TOKEN write|read FOLDER. Prints "ok AREA" or "failed AREA: why".
set -u
url=$1; token=$2; step=$3; work=$4; cd "$work" || exit 1
HOME=$(mktemp -d); export HOME
export SF_DISABLE_TELEMETRY=true SF_AUTOUPDATE_DISABLE=true SF_SKIP_NEW_VERSION_CHECK=true SF_USE_GENERIC_UNIX_KEYCHAIN=true
export NO_COLOR=1
SF_ACCESS_TOKEN=$token sf org login access-token --instance-url "$url" --no-prompt --alias emu > out 2>&1

write() {
  sf data create record -o emu -s Account -v "Name=Kept External_ID__c=K-1" &&
  printf 'Name,External_ID__c\nKept in bulk,K-2\n' > kept.csv &&
  sf data import bulk -o emu -s Account -f kept.csv --wait 2
}

read() {
  sf data query -o emu -q "SELECT Name FROM Account WHERE External_ID__c LIKE 'K-%' ORDER BY Name" > found &&
  grep -q 'Kept in bulk' found && test "$(grep -c Kept found)" -eq 2 &&
  sf data query -o emu -q "SELECT Name FROM Account WHERE External_ID__c = 'DEMO-1'" | grep -q 'Alpine Turbines'
}

if "$step" >> out 2>&1; then echo "ok $step"; else echo "failed $step: $(tr '\n' ' ' < out | tail -c 300)"; fi
