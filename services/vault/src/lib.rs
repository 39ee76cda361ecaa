//! The vault of an organisation. The vault keeps sealed documents and the keys wrapped for
//! readers. A wrapped key leaves the vault only on a decision in the trail.
//!
//! # Terms
//! - **document**: ciphertext, one `age` file, addressed by its BLAKE3 hash.
//! - **wrap**: the 80 bytes that carry a document's secret to one reader (HPKE), addressed by
//!   record, version and reader account.
//! - **entry**: the line of the trail in which the chain recorded a permitted access.
//! - **release**: the vault's permission to hand out one wrap, given by [`decisions`].
//!
//! # One scenario
//! A hospital seals a report, puts the ciphertext and a wrap for a clinician into the vault, and
//! registers the record. Workers of other organisations fetch and attest the ciphertext. The
//! clinician signs `consent.access`. When the permit is final, the clinician asks the vault for
//! the wrap and names the entry. The vault asks the node, reads the wrap, and asks the node again.
//! The vault sends the wrap after the second permit only, so a withdrawal in between refuses.
//!
//! # Permissions
//! | path | call | needs |
//! |---|---|---|
//! | `/v1/documents/{hash}` | `PUT`, `DELETE` | the organisation's token |
//! | `/v1/documents/{hash}` | `GET`, `HEAD` | no credential: workers fetch the ciphertext |
//! | `/v1/wraps/{record}/{version}/{reader}` | `PUT`, `DELETE` | the organisation's token |
//! | `/v1/wraps/{record}` | `DELETE` | the organisation's token |
//! | `/v1/wraps/{record}/{version}/{reader}` | `GET` | the reader's signature and a release |
//! | `/healthz`, `/readyz`, `/metrics` | `GET` | no credential: not for the proxy's public side |
//!
//! # What is stored
//! See [`store`]. The vault confirms a change when the change is durable. A change appears whole
//! or not at all.
//!
//! # Assumptions
//! - TLS ends at a proxy in front. The vault speaks HTTP/1.1 in clear and belongs on loopback or a
//!   private network. The proxy also limits requests per client and keeps `/metrics`, `/healthz`
//!   and `/readyz` inside.
//! - `--node` names the organisation's own node. The node's word decides about every wrap.
//! - NTP keeps the vault's clock. The vault compares the clock with the readers' clocks and with
//!   the chain's time.
//! - The vault can't call back a delivered wrap. A withdrawal stops every later delivery.

pub mod app;
mod body;
pub mod config;
pub mod decisions;
pub mod error;
mod handlers;
pub mod ids;
mod metrics;
pub mod node;
pub mod request;
mod router;
pub mod server;
mod stall;
pub mod store;
