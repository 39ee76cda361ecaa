# Sourced: the local consortium with a host of its own for every validator: a network namespace
# on a bridge, where lines can be cut and packets lost, clocks be wrong and disks fill up.
# Only inside tests/network/with-hosts, which has made a network and mount namespace for it.
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/network.sh"

[ "${ASSENT_HOSTS:-}" = inside ] || { echo "run this through tests/network/with-hosts" >&2; exit 2; }
MEMBERS=(Alpha Beta Gamma Delta Epsilon)
RPC_PORT=9944 P2P_PORT=30333
# Small disks, so that they are soon full, and what must be free on them.
DISK_MIB=192 DISK_FREE_MIB=16

address() { echo "10.77.0.$(($1 + 1))"; }

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
	mkdir -p /run/netns
	mount -t tmpfs none /run/netns
	ip link set lo up
	ip link add hosts type bridge
	ip address add 10.77.0.254/24 dev hosts
	ip link set hosts up
	nft add table bridge faults
	nft add chain bridge faults lines '{ type filter hook forward priority 0; }'
	rm -rf "$RUN"; mkdir -p "$RUN"; chmod 700 "$RUN"
	for i in "${!MEMBERS[@]}"; do make_host "$i"; done
	"$NODE_BIN" build-spec --chain "$CHAIN" --raw --disable-default-bootnode \
		>"$RUN/spec.json" 2>"$RUN/build-spec.log" || fail "no chain specification: see $RUN/build-spec.log"
	local i member type
	for i in "${!MEMBERS[@]}"; do
		member="${MEMBERS[$i]}"
		"$NODE_BIN" key generate-node-key --file "$RUN/$member/node.key" 2>"$RUN/$member/node.id"
		for type in aura:sr25519 gran:ed25519 asst:sr25519; do
			"$NODE_BIN" key insert --base-path "$RUN/$member" --chain "$RUN/spec.json" \
				--key-type "${type%:*}" --scheme "${type#*:}" --suri "//$member//validator" \
				>>"$RUN/$member.keys.log" 2>&1 || fail "$member: key not inserted: see $RUN/$member.keys.log"
		done
	done
}

# Logs lie outside of the small disks: they tell of full ones.
start_node() { # start_node INDEX [NODE_OPTION...]
	local i=$1 member="${MEMBERS[$1]}" boot=(); shift
	[ "$i" = 0 ] || boot=(--bootnodes "/ip4/$(address 0)/tcp/$P2P_PORT/p2p/$(cat "$RUN/Alpha/node.id")")
	# CLOCK: how wrong the host's clock is, for instance +1h.
	local clock=()
	[ -z "${CLOCK:-}" ] || clock=(env "LD_PRELOAD=$FAKETIME_LIB" "FAKETIME=$CLOCK" FAKETIME_DONT_FAKE_MONOTONIC=1)
	rm -f "$RUN/$member.pid" "$RUN/$member.exit"
	# Whoever starts it is gone when it ends: what with is written down beside.
	(
		ip netns exec "host$i" "${clock[@]}" "$NODE_BIN" --chain "$RUN/spec.json" \
			--base-path "$RUN/$member" --validator --name "$member" \
			--node-key-file "$RUN/$member/node.key" --no-mdns --no-telemetry --prometheus-external \
			--listen-addr "/ip4/$(address "$i")/tcp/$P2P_PORT" --allow-private-ip \
			--min-free-disk "$DISK_FREE_MIB" --unsafe-rpc-external --rpc-cors all --rpc-port "$RPC_PORT" --rpc-max-connections 100 \
			"${boot[@]}" "$@" >>"$RUN/$member.log" 2>&1 &
		echo $! >"$RUN/$member.pid"
		wait $! && ended=0 || ended=$?
		echo "$ended" >"$RUN/$member.exit"
	) >/dev/null 2>&1 &
	until [ -s "$RUN/$member.pid" ]; do sleep 0.1; done
}

stop_node() { stop_pid_file "$RUN/${MEMBERS[$1]}.pid" "${2:-TERM}"; } # stop_node INDEX [SIGNAL]

stop_hosts() { for i in "${!MEMBERS[@]}"; do stop_node "$i"; done; }

# Every line between two sides is cut: cut "0 1" "2 3".
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
free_disk() { rm -f "$RUN/${MEMBERS[$1]}/full" "$RUN/${MEMBERS[$1]}/full.rest"; }

rpc() { # rpc INDEX METHOD [PARAMS]
	curl -sS --max-time 10 -H 'Content-Type: application/json' \
		-d "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"$2\",\"params\":${3:-[]}}" \
		"http://$(address "$1"):$RPC_PORT"
}

for FAKETIME_LIB in /usr/lib/*/faketime/libfaketime.so.1; do [ ! -r "$FAKETIME_LIB" ] || break; done
