#!/bin/bash
# PostgreSQL, one cluster with one superuser. `endpoint` is what a JDBC address begins with.
PATH=$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
. "$(dirname "$0")/common.sh"
needs initdb=postgresql setpriv=util-linux

begin
port=$(free_port)
# The server refuses to run as root.
as=()
if [ "$(id -u)" = 0 ]; then
  chown nobody "$folder"
  as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi
printf '%s\n' "$secret" >"$folder/password"
chmod a+r "$folder/password"
"${as[@]}" "$(command -v initdb)" -D "$folder/data" -U "$key" --pwfile="$folder/password" -A scram-sha-256 -E UTF8 \
  --locale=C --no-sync >"$folder/initdb.log" 2>&1 || die "no cluster: $(tail -n 3 "$folder/initdb.log")"
touch "$folder/server.log"
chmod a+w "$folder/server.log"
spawn server "${as[@]}" "$(command -v postgres)" -D "$folder/data" -c listen_addresses=127.0.0.1 -c "port=$port" \
  -c "unix_socket_directories=$folder" -c fsync=off -c shared_buffers=16MB
wait_port "$port" 60 server
serve "jdbc:postgresql://127.0.0.1:$port/" "$key" "$secret"
