#!/bin/bash
# OpenStack Swift with its S3 interface: one node, one copy of everything.
. "$(dirname "$0")/common.sh"
needs swift-proxy-server=swift-proxy swift-account-server=swift-account swift-container-server=swift-container \
  swift-object-server=swift-object memcached=memcached

begin
me=$(id -un)
port=$(free_port)
object=$(free_port)
container=$(free_port)
account=$(free_port)
cache=$(free_port)
mkdir -p "$folder/disks/d1"
cat >"$folder/swift.conf" <<CONF
[swift-hash]
swift_hash_path_prefix = skyferry
swift_hash_path_suffix = skyferry
[storage-policy:0]
name = one
default = yes
CONF

# ring KIND PORT, and the server of that kind; 1 as the answer of the builder is a warning.
ring() {
  (
    cd "$folder"
    swift-ring-builder "$1.builder" create 4 1 1 &&
      swift-ring-builder "$1.builder" add "r1z1-127.0.0.1:$2/d1" 1 &&
      { swift-ring-builder "$1.builder" rebalance || [ $? = 1 ]; }
  ) >>"$folder/ring.log" 2>&1 || die "no ring: $(tail -n 3 "$folder/ring.log")"
  cat >"$folder/$1.conf" <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $2
user = $me
swift_dir = $folder
devices = $folder/disks
mount_check = false
workers = 0
log_level = ERROR
disable_fallocate = true
fallocate_reserve = 0
[pipeline:main]
pipeline = $1-server
[app:$1-server]
use = egg:swift#$1
CONF
}
ring object "$object"
ring container "$container"
ring account "$account"

# Without proxy-logging replies without a body get one, and clients lose their place.
cat >"$folder/proxy.conf" <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $port
user = $me
swift_dir = $folder
workers = 0
log_level = ERROR
[pipeline:main]
pipeline = catch_errors gatekeeper proxy-logging cache listing_formats bulk s3api tempauth copy slo dlo versioned_writes symlink proxy-logging proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_${key}_${key} = $secret .admin
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:$cache
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
dns_compliant_bucket_names = true
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_versioned_writes = true
allow_object_versioning = true
CONF
for filter in catch_errors gatekeeper proxy-logging listing_formats bulk copy slo dlo symlink; do
  printf '[filter:%s]\nuse = egg:swift#%s\n' "$filter" "${filter//-/_}" >>"$folder/proxy.conf"
done

as=()
[ "$(id -u)" != 0 ] || as=(-u nobody)
spawn cache memcached -l 127.0.0.1 -p "$cache" -U 0 -m 64 "${as[@]}"
for kind in object container account; do
  spawn $kind "swift-$kind-server" "$folder/$kind.conf"
done
spawn proxy swift-proxy-server "$folder/proxy.conf"
wait_port "$port" 60 proxy
wait_port "$object" 60 object
wait_port "$container" 60 container
wait_port "$account" 60 account
serve "http://127.0.0.1:$port" "$key:$key" "$secret"
