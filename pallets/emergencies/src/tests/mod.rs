//! Tests, a file per call or concern.

mod active;
mod caps;
mod declare;
mod draw;
mod end;
mod figures;
mod four_hundred;
mod genesis;
mod integrity;
mod justify;
mod lifecycle;
mod pass_on;
mod reads;
mod reinstate;
mod review;
mod suspend_unjustified;
mod try_state;
