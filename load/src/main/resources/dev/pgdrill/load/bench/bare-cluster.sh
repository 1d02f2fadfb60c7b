# The steps of a cluster with nothing around them: initdb, a copy for the standby, both servers,
# PgBouncer, a write through it that is read on the standby. Prints the seconds that it took.
set -euo pipefail
bin=$(dirname "$POSTGRES")
dir=$(mktemp -d)
cd "$dir"
port=$((20000 + RANDOM % 3000 * 4))
pids=()
trap 'kill -INT ${pids[@]} 2>/dev/null; wait; rm -rf "$dir"' EXIT
psql=("$bin/psql" -XqAt -h 127.0.0.1 -U postgres -d postgres)
# One step of waiting; a minute for all of it.
again() {
  [ $SECONDS -lt 60 ] || { cat ./*.log >&2; exit 1; }
  sleep 0.01
}
start=$(date +%s%N)
"$bin/initdb" -D pg1 -U postgres --auth=trust --data-checksums --locale=C --encoding=UTF8 \
  --no-instructions --no-sync >initdb.log
cat >>pg1/postgresql.conf <<EOF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
EOF
cp -a --reflink=auto pg1 pg2
touch pg2/standby.signal
echo "primary_conninfo = 'host=127.0.0.1 port=$port user=postgres'" >>pg2/postgresql.conf
"$POSTGRES" -D pg1 -p $port >pg1.log 2>&1 &
pids+=($!)
until "${psql[@]}" -p $port -c "create table t (id integer)" 2>/dev/null; do again; done
"$POSTGRES" -D pg2 -p $((port + 1)) >pg2.log 2>&1 &
pids+=($!)
cat >pgbouncer.ini <<EOF
[databases]
postgres = host=127.0.0.1 port=$port
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $((port + 2))
unix_socket_dir =
auth_type = any
EOF
sed -i 's/^postgres = .*/& user=postgres/' pgbouncer.ini
"$PGBOUNCER" pgbouncer.ini >pgbouncer.log 2>&1 &
pids+=($!)
until "${psql[@]}" -p $((port + 2)) -c "insert into t values (1)" 2>/dev/null; do again; done
until [ "$("${psql[@]}" -p $((port + 1)) -c "select id from t" 2>/dev/null)" = 1 ]; do again; done
end=$(date +%s%N)
echo "$(((end - start) / 1000000))" | awk '{ printf "%.3f\n", $1 / 1000 }'
