#!/bin/sh
# Runs a broker for as long as the test process lives, even when that is killed: keeper.sh <its pid> <folder> <command …>
watched=$1
folder=$2
shift 2
"$@" >>"$folder/broker.log" 2>&1 &
broker=$!
echo "$broker" >"$folder/pid.new" && mv "$folder/pid.new" "$folder/pid"
while kill -0 "$watched" 2>/dev/null && kill -0 "$broker" 2>/dev/null; do sleep 0.5; done
kill -KILL "$broker" 2>/dev/null
wait "$broker" 2>/dev/null
if ! kill -0 "$watched" 2>/dev/null; then
  rm -rf "$folder"
  rmdir "$(dirname "$folder")" 2>/dev/null # the last of a cluster
fi
