//! Values of any type of the runtime, made from the type information: SCALE bytes that decode.
//! Values come from pools if the type or the name of the field tells the meaning.

use crate::{
	people::{patient, record, token, People},
	prelude::ENDPOINT,
};
use arbitrary::{Result, Unstructured};
use assent_runtime::RuntimeCall;
use codec::{Compact, Encode};
use scale_info::{
	form::PortableForm, Field, MetaType, PortableRegistry, Registry, TypeDef, TypeDefPrimitive,
};

/// The highest depth of calls within calls: one more than the runtime checks.
const MAX_NESTING: u32 = 5;

/// The runtime's types.
pub struct Types {
	registry: PortableRegistry,
	call: u32,
}

impl Default for Types {
	fn default() -> Self {
		let mut registry = Registry::new();
		let call = registry.register_type(&MetaType::new::<RuntimeCall>()).id;
		Self { registry: registry.into(), call }
	}
}

/// The sources of values.
pub struct Sources<'a> {
	/// The accounts.
	pub people: &'a People,
	/// The chain's time in milliseconds.
	pub now: u64,
	/// Hashes of calls and of entries of the trail that the run has seen.
	pub hashes: &'a [[u8; 32]],
}

/// The pallets with rules of Assent. At least three quarters of all calls are calls of these
/// pallets.
const OURS: &[&str] =
	&["Consortium", "Validators", "Patients", "Records", "Consent", "Emergencies", "Acceptances"];

impl Types {
	/// The SCALE bytes of a call of any pallet.
	pub fn call(&self, u: &mut Unstructured, from: &Sources) -> Result<Vec<u8>> {
		let mut out = Vec::new();
		self.nested_call(u, from, &mut out, 0)?;
		Ok(out)
	}

	fn nested_call(
		&self,
		u: &mut Unstructured,
		from: &Sources,
		out: &mut Vec<u8>,
		depth: u32,
	) -> Result<()> {
		let TypeDef::Variant(pallets) =
			&self.registry.resolve(self.call).expect("registered").type_def
		else {
			return Ok(());
		};
		let ours: Vec<_> = pallets
			.variants
			.iter()
			.filter(|variant| OURS.contains(&variant.name.as_str()))
			.collect();
		let pallet =
			if u.ratio(3, 4)? { u.choose(&ours).copied()? } else { u.choose(&pallets.variants)? };
		out.push(pallet.index);
		for field in &pallet.fields {
			self.value(field.ty.id, None, u, from, out, depth + 1)?;
		}
		Ok(())
	}

	fn fields(
		&self,
		fields: &[Field<PortableForm>],
		u: &mut Unstructured,
		from: &Sources,
		out: &mut Vec<u8>,
		depth: u32,
	) -> Result<()> {
		for field in fields {
			let hint = field.type_name.as_deref().or(field.name.as_deref());
			self.value(field.ty.id, hint, u, from, out, depth)?;
		}
		Ok(())
	}

	/// A value of the type. `hint` is the name that the field gives to the type.
	fn value(
		&self,
		id: u32,
		hint: Option<&str>,
		u: &mut Unstructured,
		from: &Sources,
		out: &mut Vec<u8>,
		depth: u32,
	) -> Result<()> {
		let ty = self.registry.resolve(id).expect("registered");
		let segments: Vec<&str> = ty.path.segments.iter().map(String::as_str).collect();
		match segments.last().copied().unwrap_or_default() {
			"AccountId32" => {
				out.extend(account(u, from)?);
				return Ok(());
			}
			"MultiAddress" => {
				out.push(0);
				out.extend(account(u, from)?);
				return Ok(());
			}
			"PatientId" => return push(out, &patient(u.arbitrary()?)),
			"RecordId" => return push(out, &record(u.arbitrary()?)),
			"Token" => return push(out, &token(u.arbitrary()?)),
			"H256" => {
				let hash = match from.hashes {
					[] => u.arbitrary()?,
					seen if u.ratio(4, 5)? => *u.choose(seen)?,
					_ => u.arbitrary()?,
				};
				return push(out, &hash);
			}
			"RuntimeCall" if depth >= MAX_NESTING => {
				// `system.remark` without text is the smallest call.
				out.extend([0, 0, 0]);
				return Ok(());
			}
			"RuntimeCall" => return self.nested_call(u, from, out, depth),
			_ => {}
		}
		match &ty.type_def {
			// The name of the field describes the content of a wrapper.
			TypeDef::Composite(composite) => match &composite.fields[..] {
				[only] if only.name.is_none() => self.value(only.ty.id, hint, u, from, out, depth),
				fields => self.fields(fields, u, from, out, depth),
			},
			TypeDef::Variant(variants) if variants.variants.is_empty() => Ok(()),
			TypeDef::Variant(variants) => {
				let variant = u.choose(&variants.variants)?;
				out.push(variant.index);
				// The name of the field describes the content of an option.
				if segments == ["Option"] {
					for field in &variant.fields {
						self.value(field.ty.id, hint, u, from, out, depth)?;
					}
					return Ok(());
				}
				self.fields(&variant.fields, u, from, out, depth)
			}
			TypeDef::Sequence(sequence) => {
				if self.is_byte(sequence.type_param.id) {
					return push(out, &text(u, hint)?);
				}
				let length = length(u)?;
				out.extend(Compact(length).encode());
				for _ in 0..length {
					self.value(sequence.type_param.id, hint, u, from, out, depth)?;
				}
				Ok(())
			}
			TypeDef::Array(array) => {
				// An account as bytes, because the policy has no type for accounts.
				if array.len == 32 && hint.is_some_and(|name| name.contains("Account")) {
					out.extend(account(u, from)?);
					return Ok(());
				}
				for _ in 0..array.len {
					self.value(array.type_param.id, None, u, from, out, depth)?;
				}
				Ok(())
			}
			TypeDef::Tuple(tuple) => {
				for field in &tuple.fields {
					self.value(field.id, hint, u, from, out, depth)?;
				}
				Ok(())
			}
			TypeDef::Primitive(primitive) => self.primitive(primitive, hint, u, from, out),
			TypeDef::Compact(_) => push(out, &Compact(number(u, u64::from(u32::MAX))?)),
			TypeDef::BitSequence(_) => push(out, &Compact(0_u32)),
		}
	}

	fn is_byte(&self, id: u32) -> bool {
		matches!(
			self.registry.resolve(id).map(|ty| &ty.type_def),
			Some(TypeDef::Primitive(TypeDefPrimitive::U8))
		)
	}

	fn primitive(
		&self,
		primitive: &TypeDefPrimitive,
		hint: Option<&str>,
		u: &mut Unstructured,
		from: &Sources,
		out: &mut Vec<u8>,
	) -> Result<()> {
		use TypeDefPrimitive::*;
		match primitive {
			Bool => push(out, &u.arbitrary::<bool>()?),
			Char => push(out, &u32::from(u.arbitrary::<char>()?)),
			Str => push(out, &text(u, hint)?),
			U8 => push(out, &u.arbitrary::<u8>()?),
			U16 => push(out, &(number(u, u16::MAX.into())? as u16)),
			U32 => push(out, &(number(u, u32::MAX.into())? as u32)),
			U64 if hint.is_some_and(|name| name.contains("Moment")) => {
				push(out, &moment(u, from.now)?)
			}
			U64 => push(out, &number(u, u64::MAX)?),
			U128 => push(out, &u.arbitrary::<u128>()?),
			I8 => push(out, &u.arbitrary::<i8>()?),
			I16 => push(out, &u.arbitrary::<i16>()?),
			I32 => push(out, &u.arbitrary::<i32>()?),
			I64 => push(out, &u.arbitrary::<i64>()?),
			I128 => push(out, &u.arbitrary::<i128>()?),
			U256 | I256 => push(out, &u.arbitrary::<[u8; 32]>()?),
		}
	}
}

fn push(out: &mut Vec<u8>, value: &impl Encode) -> Result<()> {
	value.encode_to(out);
	Ok(())
}

fn account(u: &mut Unstructured, from: &Sources) -> Result<[u8; 32]> {
	if u.ratio(1, 20)? {
		return u.arbitrary();
	}
	Ok(from.people.account(u.int_in_range(0..=from.people.len() - 1)?).into())
}

/// A number, mostly small, because identifiers and counts are small. Sometimes the highest
/// value, sometimes any value.
fn number(u: &mut Unstructured, max: u64) -> Result<u64> {
	Ok(match u.int_in_range(0..=11_u8)? {
		0 => max,
		1 => u.arbitrary::<u64>()? & max,
		2 => u.int_in_range(0..=max.min(1_000))?,
		_ => u.int_in_range(0..=max.min(4))?,
	})
}

/// A moment near now: a span begins, ends or is over.
fn moment(u: &mut Unstructured, now: u64) -> Result<u64> {
	const SECOND: u64 = 1_000;
	const HOUR: u64 = 3_600 * SECOND;
	const DAY: u64 = 24 * HOUR;
	Ok(match u.int_in_range(0..=9_u8)? {
		0 => now,
		1 => now.saturating_sub(1),
		2 => now.saturating_add(1),
		3 => now.saturating_add(10 * SECOND),
		4 => now.saturating_add(HOUR),
		5 => now.saturating_add(DAY),
		6 => now.saturating_add(30 * DAY),
		7 => now.saturating_sub(HOUR),
		8 => u64::MAX,
		_ => u.arbitrary()?,
	})
}

/// A length, mostly small. Sometimes one more than the largest list or set permits.
fn length(u: &mut Unstructured) -> Result<u32> {
	Ok(match u.int_in_range(0..=19_u8)? {
		0 => 17,
		1 => 65,
		2..=5 => 0,
		_ => u.int_in_range(1..=3)?,
	})
}

/// Bytes: an address, a name, any other text, or too long a text.
fn text(u: &mut Unstructured, hint: Option<&str>) -> Result<Vec<u8>> {
	let known: &[&[u8]] = match hint {
		Some(name) if name.contains("Url") || name.contains("Uri") => {
			&[ENDPOINT, b"http://127.0.0.1:9810", b"https://VAULT.example"]
		}
		_ => &[b"Epsilon Clinic", b"Consent", b"withdraw", b"grant"],
	};
	Ok(match u.int_in_range(0..=5_u8)? {
		0 => vec![b'x'; u.int_in_range(0..=600_usize)?],
		1 => u.arbitrary()?,
		_ => u.choose(known)?.to_vec(),
	})
}
