//! Accidents, one to three a letter.

use fastrand::Rng;

use super::knows::is_plain;
use super::{Knows, Letter};

/// The letter after one to three accidents.
pub(super) fn once(right: &Letter, knows: &Knows, rng: &mut Rng) -> Letter {
    let mut letter = right.clone();
    for _ in 0..rng.usize(1..=3) {
        let credentials: Vec<_> =
            (0..).zip(&letter.headers).filter(|(_, (name, _))| !is_plain(name)).collect();
        let header = rng.choice(&credentials).map(|(place, _)| *place);
        match (rng.u8(0..10), header) {
            (0, Some(place)) => drop(letter.headers.remove(place)),
            (1, Some(place)) => {
                let line = letter.headers.get(place).cloned();
                letter.headers.extend(line);
            }
            (2, _) if knows.covers_body() => spoil(&mut letter.body, rng),
            (3, _) if letter.query.is_some() => {
                let mut query = letter.query.take().unwrap_or_default().into_bytes();
                spoil(&mut query, rng);
                letter.query = Some(String::from_utf8_lossy(&query).into_owned());
            }
            (_, Some(place)) => {
                if let Some((_, value)) = letter.headers.get_mut(place) {
                    spoil(value, rng);
                }
            }
            (_, None) => letter.headers.push(("authorization".to_owned(), vec![rng.u8(..)])),
        }
    }
    letter
}

/// One accident to a value.
fn spoil(value: &mut Vec<u8>, rng: &mut Rng) {
    let place = rng.usize(0..=value.len());
    let end = rng.usize(place..=value.len());
    match rng.u8(0..8) {
        0 => value.truncate(place),
        1 => drop(value.drain(..place)),
        2 => drop(value.drain(place..end)),
        3 => value.insert(place, rng.u8(..)),
        4 => value.insert(place, *rng.choice(b" ,;:=.|&\t\"%+/").unwrap_or(&b' ')),
        5 => {
            let piece = value.get(place..end).unwrap_or_default().to_vec();
            let at = rng.usize(0..=value.len());
            drop(value.splice(at..at, piece));
        }
        6 => {
            if let Some(byte) = value.get_mut(place) {
                *byte ^= 1 << rng.u8(0..8);
            }
        }
        _ => {
            if let Some(byte) = value.get_mut(place) {
                *byte = rng.u8(b' '..=b'~');
            }
        }
    }
}
