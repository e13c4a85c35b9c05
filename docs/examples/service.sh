#!/bin/sh
# From an empty folder to scheduled, watched and restored backups in a bucket, by REST and the command line.
#
#   SKYFERRY=skyferry S3_ENDPOINT=http://127.0.0.1:9000 AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=... docs/examples/service.sh
#
#   SKYFERRY_DATABASE      another database than a file in the folder, as for the service itself
#   HOOK_URL, HOOK_SECRET  a webhook that is told of alerts
#   MAIL_HOST, MAIL_PORT   a mail server that is told of alerts, without TLS
#
# It takes about four minutes, as its task is due once a minute. It leaves nothing behind but the bucket.
set -eu

skyferry=${SKYFERRY:-skyferry}
work=$(mktemp -d)
SKYFERRY_HOME=$work/home
export SKYFERRY_HOME
service=

end() {
  [ -z "$service" ] || kill "$service" 2>/dev/null || :
  [ -z "$service" ] || wait "$service" 2>/dev/null || :
  rm -rf "$work"
}
trap end EXIT

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'Want %s\n' "$*" >&2; cat "$work/serve.log" >&2; exit 1; }

# api METHOD PATH [BODY]: the answer, or its fault and the end.
api() {
  curl -sS --fail-with-body -X "$1" -H "Authorization: Bearer $key" -H 'Content-Type: application/json' \
    ${3:+-d "$3"} "$url/api/v1$2" || fail "an answer to $1 $2"
}

# first NAME: the first number or text of that name in the JSON on standard input.
first() { grep -o "\"$1\":\(\"[^\"]*\"\|[0-9]*\)" | head -n 1 | sed 's/^[^:]*://; s/"//g'; }

# until_is SECONDS WHAT COMMAND...: waits until the command succeeds.
until_is() {
  left=$1 what=$2
  shift 2
  until "$@"; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || fail "$what"
    sleep 1
  done
}

# runs_in TASK STATE COUNT: whether so many runs of a task ended so.
runs_in() { [ "$(api GET "/runs?task=$1&state=$2" | grep -o '"state"' | wc -l)" -ge "$3" ]; }

say 'The service begins, and gets its first user and a key for this script'
$skyferry serve --listen 127.0.0.1:0 >"$work/serve.log" 2>&1 &
service=$!
until_is 60 'a service that listens' grep -q 'listens on' "$work/serve.log"
url=$(sed -n 's/^Skyferry listens on //p' "$work/serve.log")
printf 'a long password\n' >"$work/password"
$skyferry user add anna --role admin --password-file "$work/password"
key=$($skyferry user api-key anna)
api PUT /config/allowed-folders "{\"value\":\"$work\"}" >/dev/null

say 'Alerts go to a command, and to a webhook and by mail where there are any'
$skyferry alert channel add log --kind command --set command="cat >>'$work/alerts'"
if [ -n "${HOOK_URL-}" ]; then
  printf '%s\n' "${HOOK_SECRET:-secret}" >"$work/hook-secret"
  $skyferry alert channel add hook --kind webhook --set "url=$HOOK_URL" --secret-file "$work/hook-secret"
fi
if [ -n "${MAIL_HOST-}" ]; then
  $skyferry alert channel add mail --kind mail --set "host=$MAIL_HOST" --set "port=${MAIL_PORT:-25}" \
    --set security=none --set from=skyferry@example.org --set to=ops@example.org
fi

say 'An account, and whether it works'
api POST /credentials "{\"name\":\"cloud\",\"provider\":\"s3\",\"settings\":{\"provider\":\"other\",
  \"endpoint\":\"$S3_ENDPOINT\",\"create-bucket\":\"on\",\"access-key-id\":\"$AWS_ACCESS_KEY_ID\",
  \"secret-access-key\":\"$AWS_SECRET_ACCESS_KEY\"}}" >"$work/credential"
credential=$(first id <"$work/credential")
bucket=skyferry-example-$$

say 'A task that is due each minute runs twice by itself'
mkdir "$work/photos"
printf 'hello\n' >"$work/photos/a.txt"
task=$(api POST /tasks "{\"description\":\"photos\",\"direction\":\"PUSH\",\"transfer_mode\":\"SYNC\",
  \"path\":\"$work/photos\",\"credentials\":$credential,\"attributes\":{\"bucket\":\"$bucket\",\"folder\":\"/photos\"},
  \"schedule\":{\"minute\":\"*\",\"hour\":\"*\",\"dom\":\"*\",\"month\":\"*\",\"dow\":\"*\"}}" | first id)
until_is 150 'two runs that went well' runs_in "$task" SUCCESS 2
run=$(api GET "/runs?task=$task&state=SUCCESS&limit=1" | first id)
api GET "/runs/$run/log" | grep -q '"size":[1-9]' || fail 'a log of the run'
api PATCH "/tasks/$task" '{"enabled":false}' >/dev/null

say 'A failure is told, and its end too'
mv "$work/photos" "$work/gone"
api POST "/tasks/$task/run" >/dev/null
until_is 60 'a run that failed' runs_in "$task" FAILED 1
until_is 30 'an alert' grep -q '"state":"RAISED"' "$work/alerts"
$skyferry alert list
mv "$work/gone" "$work/photos"
api POST "/tasks/$task/run" >/dev/null
until_is 60 'a run that went well again' runs_in "$task" SUCCESS 3
until_is 30 'the end of the alert' grep -q '"state":"CLEARED"' "$work/alerts"

say 'Everything comes back into another folder'
mkdir "$work/restored"
back=$(api POST "/tasks/$task/restore" "{\"description\":\"back\",\"transfer_mode\":\"COPY\",\"path\":\"$work/restored\"}" |
  first id)
api POST "/tasks/$back/run" >/dev/null
until_is 60 'the restore' runs_in "$back" SUCCESS 1
diff -r "$work/photos" "$work/restored"

say 'A run is stopped in the middle of a file, and the next one goes on'
dd if=/dev/urandom of="$work/photos/large" bs=1048576 count=24 2>/dev/null
api PATCH "/tasks/$task" '{"bwlimit":[{"time":"00:00","bandwidth":2097152}]}' >/dev/null
run=$(api POST "/tasks/$task/run" | first id)
moving() { api GET "/runs/$run" | grep -q '"bytes_done":[1-9]'; }
until_is 60 'bytes on their way' moving
api POST "/runs/$run/abort" >/dev/null
until_is 10 'a run that was stopped' runs_in "$task" ABORTED 1
api PATCH "/tasks/$task" '{"bwlimit":[]}' >/dev/null
api POST "/tasks/$task/run" >/dev/null
until_is 60 'the run that goes on' runs_in "$task" SUCCESS 4
api POST "/tasks/$back/run" >/dev/null
until_is 60 'the second restore' runs_in "$back" SUCCESS 2
diff -r "$work/photos" "$work/restored"

say 'Who did what'
api GET '/audit/state' | grep -q '"unchanged":true' || fail 'an audit log as it was written'
printf '\nAll went well.\n'
