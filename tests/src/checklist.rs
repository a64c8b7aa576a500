//! `Checklist`: what the endpoint `checklist` makes of the fields that an operator of Rabbot composed.

use receiver_core::json::Shape;
use receiver_core::rabbot::{Mapping, Plate};
use receiver_core::wire::Private;
use receiver_core::wire::decimal::Decimal;
use receiver_core::wire::fields::{Field, Fields};

/// A vehicle was looked at.
#[derive(Debug)]
pub struct Checklist {
    /// Which one.
    pub plate: Plate,
    /// How far it has come.
    pub km: Decimal,
    /// Pictures of it, if there are any.
    pub photos: Vec<Private>,
}

impl Mapping for Checklist {
    fn read(_: &str, fields: &Fields) -> Result<Self, Shape> {
        Ok(Self { plate: fields.read(PLATE)?, km: fields.read(KM)?, photos: fields.read(PHOTOS)? })
    }
}

const PLATE: Field = Field::new(&["placa", "plate", "carro"]);
const KM: Field = Field::new(&["km", "quilometragem", "km rodados"]);
const PHOTOS: Field = Field::new(&["fotos", "foto_url"]);
