//! The vault of an organisation: keeps sealed documents and the keys wrapped for their
//! readers, and lets nothing that opens a document leave without a decision in the trail.
//!
//! # Terms
//! - **document**: ciphertext, one `age` file, addressed by its BLAKE3 hash.
//! - **wrap**: the 80 bytes that carry a document's secret to one reader (HPKE), addressed by
//!   record, version and reader account.
//! - **entry**: the line of the trail in which the chain wrote that an access was permitted.
//! - **release**: the vault's permission to hand out one wrap, given by [`decisions`].
//!
//! # One scenario
//! A hospital seals a report, puts the ciphertext and a wrap for a clinician here and
//! registers the record. Workers of other organisations fetch the ciphertext and attest it.
//! The clinician signs `consent.access`; once the permit is final, they ask here for the
//! wrap, naming the entry. The vault asks its node, reads the wrap, asks the node again and
//! only then sends it: a withdrawal in between refuses.
//!
//! # Who may do what
//! | path | call | needs |
//! |---|---|---|
//! | `/v1/documents/{hash}` | `PUT`, `DELETE` | the organisation's token |
//! | `/v1/documents/{hash}` | `GET`, `HEAD` | nothing: it is ciphertext, workers fetch it |
//! | `/v1/wraps/{record}/{version}/{reader}` | `PUT`, `DELETE` | the organisation's token |
//! | `/v1/wraps/{record}` | `DELETE` | the organisation's token |
//! | `/v1/wraps/{record}/{version}/{reader}` | `GET` | the reader's signature and a release |
//! | `/healthz`, `/readyz`, `/metrics` | `GET` | nothing: not for the public side of the proxy |
//!
//! # What is stored
//! See [`store`]: everything is durable before it is confirmed, and appears whole or not at
//! all.
//!
//! # Assumptions
//! - TLS ends at a proxy in front. The vault speaks HTTP/1.1 in clear and belongs on loopback
//!   or a private network; the proxy also limits requests per client and keeps `/metrics`,
//!   `/healthz` and `/readyz` inside.
//! - The node named by `--node` is the organisation's own: its word decides what leaves.
//! - The clock is kept by NTP: it is compared with readers' and with the chain's.
//! - What was delivered can't be called back. A withdrawal stops every later delivery.

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
