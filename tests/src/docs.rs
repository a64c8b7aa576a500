//! The pages whose Rust is compiled, and run where it does not say `no_run`. `blocks.rs` sees that none is missing.

#[doc = include_str!("../../README.md")]
mod readme {}

#[doc = include_str!("../../README.pt-BR.md")]
mod readme_pt_br {}

#[doc = include_str!("../../README.es.md")]
mod readme_es {}

#[doc = include_str!("../../CONTRIBUTING.md")]
mod contributing {}

#[doc = include_str!("../../docs/tutorial/axum.md")]
mod tutorial_axum {}

#[doc = include_str!("../../docs/tutorial/actix-web.md")]
mod tutorial_actix_web {}

#[doc = include_str!("../../docs/tutorial/warp.md")]
mod tutorial_warp {}

#[doc = include_str!("../../docs/verify.md")]
mod verify {}

#[doc = include_str!("../../docs/how-to/answer.md")]
mod answer {}

#[doc = include_str!("../../docs/how-to/rotate.md")]
mod rotate {}

#[doc = include_str!("../../docs/how-to/tenants.md")]
mod tenants {}

#[doc = include_str!("../../docs/how-to/production.md")]
mod production {}

#[doc = include_str!("../../docs/how-to/proxy.md")]
mod proxy {}

#[doc = include_str!("../../docs/how-to/tls.md")]
mod tls {}

#[doc = include_str!("../../docs/how-to/sample-code.md")]
mod sample_code {}

#[doc = include_str!("../../docs/reference.md")]
mod reference {}

#[doc = include_str!("../../docs/senders/sintegre.md")]
mod sintegre {}

#[doc = include_str!("../../docs/senders/cmmshere.md")]
mod cmmshere {}

#[doc = include_str!("../../docs/senders/monuv.md")]
mod monuv {}

#[doc = include_str!("../../docs/senders/rabbot.md")]
mod rabbot {}

#[doc = include_str!("../../docs/senders/voalle.md")]
mod voalle {}
