# Reads what to clean from standard input until the JVM at the other end is gone, then cleans.
#   P pid:starttime   a process; the start time (field 22 of /proc/PID/stat) guards against reuse
#   D directory       a directory of ours
# A terminal's ^C must not end it before it has cleaned.
trap '' INT TERM HUP QUIT
processes= directories=
newline='
'
while read -r kind value; do
  case $kind in
    P) processes="$processes $value" ;;
    D) directories="$directories$value$newline" ;;
  esac
done

alive() {
  for entry in $processes; do
    pid=${entry%:*}
    stat=$(cat "/proc/$pid/stat" 2>/dev/null) || continue
    set -- ${stat##*) }
    [ "$1" != Z ] && [ "${20}" = "${entry#*:}" ] && echo "$pid"
  done
}

# The System V shared memory that a killed server leaves behind.
memory() {
  while read -r _ _ _ _ inode path _; do
    case $path in /SYSV*) echo "$inode" ;; esac
  done <"/proc/$1/maps" 2>/dev/null | sort -u
}

for pid in $(alive); do kill -INT "$pid"; done # PostgreSQL: fast shutdown, PgBouncer: at once
tries=0
while [ -n "$(alive)" ] && [ $tries -lt 30 ]; do
  sleep 0.1
  tries=$((tries + 1))
done
for pid in $(alive); do
  left=$(memory "$pid")
  children=$(cat "/proc/$pid/task/"*/children 2>/dev/null)
  kill -KILL "$pid" $children
  for segment in $left; do
    sleep 0.1
    ipcrm -m "$segment"
  done
done
set -f # names are taken as they are, also with blanks and stars
IFS=$newline
for directory in $directories; do
  case $directory in
    /*/pgdrill-*) rm -rf -- "$directory" ;;
  esac
done
