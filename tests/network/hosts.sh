# Sourced: the local consortium with a host of its own for every validator. A host is a network
# namespace on a bridge. Its lines can be cut and lose packets, its clock can be wrong and its
# disk can fill up. Works only inside tests/network/with-hosts, which makes the network and mount
# namespaces.
# shellcheck shell=bash
# shellcheck source=tests/network/local.sh
source "$(dirname "${BASH_SOURCE[0]}")/local.sh"

[ "${ASSENT_HOSTS:-}" = inside ] || { echo "run this through tests/network/with-hosts" >&2; exit 2; }
MEMBERS=(Alpha Beta Gamma Delta Epsilon)
RPC_PORT=9944 P2P_PORT=30333 METRICS_PORT=9615 VAULTS=0
# A line that is cut gives no answer the second time either.
RETRIES=0
# The disks are small, so that they are soon full. The second figure must stay free on a disk.
DISK_MIB=192 DISK_FREE_MIB=16

address() { echo "10.77.0.$(($1 + 1))"; } # address INDEX
at() { echo "$(address "$1"):$2"; }
# Logs and ids lie outside of the small disks: logs tell of full ones.
pid_file() { echo "$RUN/${MEMBERS[$1]}.pid"; }
log_file() { echo "$RUN/${MEMBERS[$1]}.log"; }

# One host: its lines to the others and a small disk.
make_host() { # make_host INDEX
	local i=$1 base="$RUN/${MEMBERS[$1]}"
	ip netns add "host$i"
	ip link add "port$i" type veth peer name eth0 netns "host$i"
	ip link set "port$i" master hosts up
	ip -n "host$i" address add "$(address "$i")/24" dev eth0
	ip -n "host$i" link set eth0 up
	ip -n "host$i" link set lo up
	mkdir -p "$base"
	mount -t tmpfs -o "size=${DISK_MIB}m,mode=700" disk "$base"
}

make_hosts() {
	local i
	mkdir -p /run/netns
	mount -t tmpfs none /run/netns
	ip link set lo up
	ip link add hosts type bridge
	ip address add 10.77.0.254/24 dev hosts
	ip link set hosts up
	nft add table bridge faults
	nft add chain bridge faults lines '{ type filter hook forward priority 0; }'
	fresh_run
	for i in "${!MEMBERS[@]}"; do make_host "$i"; done
	make_spec
	for i in "${!MEMBERS[@]}"; do make_keys "${MEMBERS[$i]}"; done
}

# CLOCK: how wrong the host's clock is, for instance +1h.
start_node() { # start_node INDEX [NODE_OPTION...]
	local i=$1 exit_file="$RUN/${MEMBERS[$1]}.exit" pid log clock=(); shift
	pid="$(pid_file "$i")" log="$(log_file "$i")"
	node_command "$i"
	[ -z "${CLOCK:-}" ] || clock=(env "LD_PRELOAD=$(faketime_lib)" "FAKETIME=$CLOCK" FAKETIME_DONT_FAKE_MONOTONIC=1)
	rm -f "$pid" "$exit_file"
	# The caller may end before the node does, so a file keeps the node's exit code.
	(
		ip netns exec "host$i" "${clock[@]}" "${COMMAND[@]}" --prometheus-external --unsafe-rpc-external \
			--rpc-cors all --min-free-disk "$DISK_FREE_MIB" "$@" >>"$log" 2>&1 &
		echo $! >"$pid"
		wait $! && ended=0 || ended=$?
		echo "$ended" >"$exit_file"
	) >/dev/null 2>&1 &
	until [ -s "$pid" ]; do sleep 0.1; done
}

# cut_lines "0 1" "2 3": cuts every line between two sides.
cut_lines() {
	local a b
	for a in $1; do for b in $2; do
		nft add rule bridge faults lines ip saddr "$(address "$a")" ip daddr "$(address "$b")" drop
		nft add rule bridge faults lines ip saddr "$(address "$b")" ip daddr "$(address "$a")" drop
	done; done
}
lose() { nft add rule bridge faults lines ip protocol tcp numgen random mod 100 \< "$1" drop; } # lose PERCENT
mend() { nft flush chain bridge faults lines; }

fill_disk() { # fill_disk INDEX [MIB_LEFT]
	local base="$RUN/${MEMBERS[$1]}" free
	free="$(df --output=avail -m "$base" | tail -n 1)"
	dd if=/dev/zero of="$base/full" bs=1M count=$((free - ${2:-0})) status=none 2>/dev/null || true
	# The rest of a MiB.
	[ -n "${2:-}" ] || dd if=/dev/zero of="$base/full.rest" bs=4k status=none 2>/dev/null || true
}
free_disk() { rm -f "$RUN/${MEMBERS[$1]}/full" "$RUN/${MEMBERS[$1]}/full.rest"; } # free_disk INDEX
