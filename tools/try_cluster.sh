#!/usr/bin/env bash
# Builds TEXTS on a cluster of hosts of its own on this machine, and says whether the bytes are those of a local build.
# The scheduler and three workers live in network namespaces joined by a bridge; in the middle of the work one worker is
# killed (kill -9), another is stopped three fourths of the time. Needs Linux, root, iproute2 and the extra `cluster`.
#   tools/try_cluster.sh TEXTS [SECONDS BEFORE THE KILL, default 20]
set -euo pipefail
texts=$(realpath "$1") wait=${2:-20}
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python} net=10.77.0 folder=$(mktemp -d)

clean() {
  exec 2>/dev/null  # bash tells of each job that is killed
  kill -9 $(jobs -p) || true
  wait || true
  for host in 0 1 2 3; do ip link del kgveth$host || true; ip netns del kg$host || true; done
  ip link del kgbridge || true
  rm -rf "$folder"
}
trap clean EXIT

ip link add kgbridge type bridge
ip addr add $net.254/24 dev kgbridge
ip link set kgbridge up
for host in 0 1 2 3; do
  ip netns add kg$host
  ip link add kgveth$host type veth peer name eth0 netns kg$host
  ip link set kgveth$host master kgbridge up
  ip -n kg$host addr add $net.$((host + 1))/24 dev eth0
  ip -n kg$host link set eth0 up
  ip -n kg$host link set lo up
done

address=tcp://$net.1:8786
ip netns exec kg0 "$python" -m dask scheduler --host $net.1 --port 8786 --no-dashboard > "$folder/scheduler.log" 2>&1 &
workers=()
for host in 1 2 3; do
  ip netns exec kg$host "$python" -m dask worker $address --host $net.$((host + 1)) --nthreads 1 --no-nanny --no-dashboard \
    --local-directory "$folder/worker$host" > "$folder/worker$host.log" 2>&1 &
  workers+=($!)
done
until [ "$(grep -c 'Register worker' "$folder/scheduler.log")" = 3 ]; do sleep 1; done

"$python" -m kg build "$texts" -o "$folder/cluster" --cluster $address --no-store --quiet > "$folder/build.log" &
build=$!
sleep "$wait"
kill -0 $build 2>/dev/null || { echo "the build was over before a worker was killed; give more texts or fewer seconds" >&2; exit 1; }
kill -9 "${workers[0]}"
while kill -0 $build 2>/dev/null; do  # the slow one
  kill -STOP "${workers[1]}"; sleep 1.5
  kill -CONT "${workers[1]}"; sleep 0.5
done
wait $build
"$python" -m kg build "$texts" -o "$folder/local" --no-html --no-store --quiet > "$folder/build.log"
cmp "$folder/cluster/graph.nt" "$folder/local/graph.nt"
echo "the same bytes: $(wc -l < "$folder/local/graph.nt") triples"
