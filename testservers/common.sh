# Shared by the scripts beside it, which start real storage servers for tests and benches; sourced, not run.
#
# Each script runs its server in the foreground: on loopback, at free ports, with its data in a temporary folder. It
# prints `name=value` lines (endpoint, access-key-id, secret-access-key, region) and then `ready`. When its standard
# input ends, or it is told to stop, it ends what it started, by process id, and removes the folder. With `--missing`
# it only says which Debian packages are missing, on one line, and starts nothing.
set -eu
name=$(basename "$0" .sh)
here=$(cd "$(dirname "$0")" && pwd -P)
key=skyferry
secret=skyferrysecret1234
PATH=$PATH:/usr/sbin:/sbin
children=()
folder=

die() {
  printf '%s: %s\n' "$name" "$*" >&2
  exit 1
}

# needs COMMAND=PACKAGE...: ends here where something is missing, or where that is all that was asked.
needs() {
  local pair missing=
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null 2>&1 || missing="$missing ${pair#*=}"
  done
  if [ "$asked" = --missing ]; then
    printf '%s\n' "${missing# }"
    exit 0
  fi
  [ -z "$missing" ] || die "want the Debian packages$missing"
}

# A port that nobody listens on, below those that systems give to clients.
free_port() {
  local port
  while :; do
    port=$((15000 + RANDOM % 16000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  printf '%s' "$port"
}

# spawn TAG COMMAND...: starts it; it dies with this script, however that ends.
spawn() {
  local tag=$1
  shift
  setpriv --pdeathsig TERM "$@" </dev/null >>"$folder/$tag.log" 2>&1 &
  children+=($!)
}

stop_all() {
  local at i
  trap - EXIT
  for ((at = ${#children[@]} - 1; at >= 0; at--)); do
    kill -TERM "${children[$at]}" 2>/dev/null || :
  done
  for ((at = ${#children[@]} - 1; at >= 0; at--)); do
    i=0
    while kill -0 "${children[$at]}" 2>/dev/null && [ $i -lt 50 ]; do
      sleep 0.1
      i=$((i + 1))
    done
    kill -KILL "${children[$at]}" 2>/dev/null || :
    wait "${children[$at]}" 2>/dev/null || :
  done
  [ -z "$folder" ] || rm -rf "$folder"
}

# Makes the folder, and sees to it that nothing is left of this.
begin() {
  folder=$(mktemp -d "${TMPDIR:-/tmp}/skyferry-$name.XXXXXX")
  trap stop_all EXIT
  trap 'exit 1' INT TERM HUP
}

# wait_port PORT SECONDS TAG: until something listens there; fails early where the last child has ended.
wait_port() {
  local i=0
  until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do
    i=$((i + 1))
    if [ $i -ge $(($2 * 10)) ] || ! kill -0 "${children[-1]}" 2>/dev/null; then
      tail -n 5 "$folder/$3.log" >&2
      die "nothing listens on port $1"
    fi
    sleep 0.1
  done
}

# serve ENDPOINT KEY SECRET PROCESSES...: tells, and stays until standard input ends.
serve() {
  printf 'endpoint=%s\naccess-key-id=%s\nsecret-access-key=%s\nregion=us-east-1\npids=%s\nready\n' \
    "$1" "$2" "$3" "${children[*]}"
  while read -r _; do :; done
}

asked=${1-}
