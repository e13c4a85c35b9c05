#!/bin/bash
# Ceph's RADOS Gateway over the smallest cluster that works: one monitor, one disk in memory, no manager.
. "$(dirname "$0")/common.sh"
needs radosgw=radosgw ceph-mon=ceph-mon ceph-osd=ceph-osd ceph=ceph-common

begin
port=$(free_port)
mon=$(free_port)
conf=$folder/ceph.conf
id=$(cat /proc/sys/kernel/random/uuid)
mkdir "$folder/mon" "$folder/osd" "$folder/run"
: >"$folder/keyring"
# Without tcp_nodelay each small reply waits 40 ms; a gateway alone asks its monitor in a mode that needs keys.
cat >"$conf" <<CONF
[global]
fsid = $id
mon_host = [v2:127.0.0.1:$mon/0]
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_msgr1 = false
ms_mon_client_mode = crc
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
auth_allow_insecure_global_id_reclaim = false
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
osd_pool_default_pgp_num = 8
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 2000
mon_data = $folder/mon
mon_data_avail_warn = 1
mon_data_avail_crit = 0
osd_data = $folder/osd
osd_objectstore = memstore
memstore_device_bytes = ${CEPH_BYTES:-8589934592}
run_dir = $folder/run
admin_socket = $folder/run/\$name.\$pid.asok
keyring = $folder/keyring
log_file =
log_to_stderr = true
err_to_stderr = true
mon_cluster_log_file =
clog_to_monitors = false
debug_mon = 0/0
debug_osd = 0/0
debug_rgw = 0/0
debug_ms = 0/0
debug_paxos = 0/0
rgw_frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1
rgw_thread_pool_size = 64
rgw_enable_usage_log = false
rgw_gc_obj_min_wait = 5
rgw_gc_processor_period = 10
rgw_gc_processor_max_time = 10
rgw_dynamic_resharding = false
rgw_override_bucket_index_max_shards = 4
CONF

monmaptool --create --clobber --fsid "$id" --addv a "[v2:127.0.0.1:$mon/0]" "$folder/monmap" >"$folder/make.log"
ceph-mon -c "$conf" --mkfs -i a --monmap "$folder/monmap" >>"$folder/make.log" 2>&1
spawn mon ceph-mon -c "$conf" -f -i a
disk=$(cat /proc/sys/kernel/random/uuid)
timeout 60 ceph -c "$conf" --connect-timeout 30 osd new "$disk" 0 >>"$folder/make.log" 2>&1 ||
  die "the monitor does not answer: $(tail -n 3 "$folder/mon.log")"
ceph-osd -c "$conf" -i 0 --mkfs --osd-uuid "$disk" >>"$folder/make.log" 2>&1
spawn osd ceph-osd -c "$conf" -f -i 0
tries=0
until timeout 30 ceph -c "$conf" --connect-timeout 20 osd stat 2>/dev/null | grep -q '1 up'; do
  tries=$((tries + 1))
  [ $tries -lt 60 ] || die "the disk does not come up: $(tail -n 3 "$folder/osd.log")"
  sleep 0.2
done
timeout 120 radosgw-admin -c "$conf" -n client.admin user create --uid=skyferry --display-name=skyferry \
  --access-key="$key" --secret-key="$secret" --max-buckets=0 >>"$folder/make.log" 2>&1 ||
  die "no user: $(tail -n 3 "$folder/make.log")"
spawn gateway radosgw -c "$conf" -f -n client.admin
wait_port "$port" 120 gateway
serve "http://127.0.0.1:$port" "$key" "$secret"
