//! Refuses to start on a port that another program holds.
//!
//! Without this check the effect of a taken port depends on the use of the port. For RPC the node
//! draws another port at random. For metrics the node runs without metrics. For peers the node
//! shares the port with the other program and loses connections to the program. An operator sees
//! the mistake late. The node therefore tries every address before the start.

use sc_network::multiaddr::{Multiaddr, Protocol};
use sc_service::Configuration;
use std::{
	io::ErrorKind,
	net::{IpAddr, SocketAddr, TcpListener},
};

/// An address to listen on, with its use and the option that names another address.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
	what: &'static str,
	option: &'static str,
	address: SocketAddr,
}

/// Makes the RPC server keep to the named port, and tries every address to listen on. The error
/// names the taken address and the way out.
pub fn claim(config: &mut Configuration) -> Result<(), String> {
	for endpoint in config.rpc.addr.iter_mut().flatten() {
		endpoint.retry_random_port = false;
	}
	check(&wanted(config))
}

fn wanted(config: &Configuration) -> Vec<Wanted> {
	let rpc = config.rpc.addr.iter().flatten().map(|endpoint| Wanted {
		what: "RPC",
		option: "--rpc-port",
		address: endpoint.listen_addr,
	});
	let metrics = config.prometheus_config.iter().map(|metrics| Wanted {
		what: "metrics",
		option: "--prometheus-port",
		address: metrics.port,
	});
	let peers = config.network.listen_addresses.iter().filter_map(tcp).map(|address| Wanted {
		what: "peer-to-peer",
		option: "--port or --listen-addr",
		address,
	});
	rpc.chain(metrics).chain(peers).collect()
}

/// The address of a TCP listener (plain or under WebSocket); none for other transports.
fn tcp(address: &Multiaddr) -> Option<SocketAddr> {
	let mut parts = address.iter();
	let ip: IpAddr = match parts.next()? {
		Protocol::Ip4(ip) => ip.into(),
		Protocol::Ip6(ip) => ip.into(),
		_ => return None,
	};
	match parts.next()? {
		Protocol::Tcp(port) => Some((ip, port).into()),
		_ => None,
	}
}

/// Tries the addresses. The function holds the addresses of IPv4 until the last try, to see two
/// uses of one port by this very node. The function does not hold addresses of IPv6, because an
/// unspecified address of IPv6 takes the same port of IPv4 too. A machine without IPv6 is no
/// error.
fn check(wanted: &[Wanted]) -> Result<(), String> {
	let (v6, v4): (Vec<&Wanted>, Vec<&Wanted>) = wanted
		.iter()
		.filter(|wanted| wanted.address.port() != 0)
		.partition(|wanted| wanted.address.is_ipv6());
	for wanted in v6 {
		match TcpListener::bind(wanted.address) {
			Err(error) if error.kind() == ErrorKind::AddrInUse => {
				return Err(refusal(wanted, &error))
			}
			_ => (),
		}
	}
	let mut held = Vec::new();
	for wanted in v4 {
		let listener =
			TcpListener::bind(wanted.address).map_err(|error| refusal(wanted, &error))?;
		held.push(listener);
	}
	Ok(())
}

fn refusal(wanted: &Wanted, error: &std::io::Error) -> String {
	let Wanted { what, option, address } = wanted;
	let port = address.port();
	match error.kind() {
		ErrorKind::AddrInUse => format!(
			"the {what} port {port} is in use ({address}): another node or program listens \
			there, or two options name the same port. End it (`ss -ltnp 'sport = :{port}'` \
			shows which it is), or choose another port with {option}"
		),
		ErrorKind::PermissionDenied => format!(
			"the {what} port {port} may not be used by this account ({address}): choose one \
			above 1023 with {option}"
		),
		_ => format!(
			"the node can't listen on {address} for {what}: {error}. Name an address of this \
			machine with {option}"
		),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn wanted_at(what: &'static str, address: &str) -> Wanted {
		Wanted { what, option: "--rpc-port", address: address.parse().unwrap() }
	}

	#[test]
	fn check_should_pass_when_ports_are_free_or_left_to_the_system() {
		let free = TcpListener::bind("127.0.0.1:0").unwrap();
		let address = free.local_addr().unwrap().to_string();
		drop(free);
		check(&[wanted_at("RPC", &address), wanted_at("RPC", "127.0.0.1:0")]).unwrap();
	}

	#[test]
	fn check_should_name_the_port_and_the_way_out_when_taken() {
		let taken = TcpListener::bind("127.0.0.1:0").unwrap();
		let address = taken.local_addr().unwrap();
		let refused = check(&[wanted_at("RPC", &address.to_string())]).unwrap_err();
		let named = format!("the RPC port {} is in use", address.port());
		assert!(refused.contains(&named), "{refused}");
		assert!(refused.contains("--rpc-port"), "{refused}");
	}

	#[test]
	fn check_should_refuse_when_one_node_uses_a_port_twice() {
		let free = TcpListener::bind("127.0.0.1:0").unwrap();
		let address = free.local_addr().unwrap().to_string();
		drop(free);
		let refused = check(&[wanted_at("RPC", &address), wanted_at("metrics", &address)]);
		assert!(refused.unwrap_err().starts_with("the metrics port"));
	}

	#[test]
	fn check_should_refuse_when_the_address_is_not_of_this_machine() {
		// The address is in a block reserved for documentation.
		let refused = check(&[wanted_at("peer-to-peer", "192.0.2.1:30333")]).unwrap_err();
		assert!(refused.contains("address of this"), "{refused}");
	}

	#[test]
	fn tcp_should_find_the_socket_when_listening_on_tcp_only() {
		let of = |text: &str| tcp(&text.parse().unwrap());
		let plain: SocketAddr = "127.0.0.1:30333".parse().unwrap();
		assert_eq!(of("/ip4/127.0.0.1/tcp/30333"), Some(plain));
		assert_eq!(of("/ip4/127.0.0.1/tcp/30333/ws"), Some(plain));
		assert_eq!(of("/ip6/::1/tcp/1"), Some("[::1]:1".parse().unwrap()));
		assert_eq!(of("/ip4/127.0.0.1/udp/30333/webrtc-direct"), None);
		assert_eq!(of("/dns/validator.example/tcp/30333"), None);
	}
}
