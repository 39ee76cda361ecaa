//! The one spelling of bytes.

use core::fmt;

/// Bytes as lower-case hexadecimal digits. `{}` writes the digits alone, `{:#}` writes `0x`
/// before the digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hex<'a>(pub &'a [u8]);

impl fmt::Display for Hex<'_> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if f.alternate() {
			f.write_str("0x")?;
		}
		self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::ToString;

	#[test]
	fn hex_should_write_two_lower_case_digits_a_byte() {
		assert_eq!(Hex(&[0, 0x0a, 0xff]).to_string(), "000aff");
		assert_eq!(alloc::format!("{:#}", Hex(&[0, 0x0a, 0xff])), "0x000aff");
		assert_eq!(Hex(&[]).to_string(), "");
	}
}
