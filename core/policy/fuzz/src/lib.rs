//! The model, the laws and the cases of the policy's own tests, for the fuzz targets.

#[path = "../../tests/model/mod.rs"]
pub mod model;
