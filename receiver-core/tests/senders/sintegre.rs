//! What SINtegre sends, member by member.

use jiff::civil::{date, datetime};
use receiver_core::sintegre::{self, DataProduto, ProductPublished};
use receiver_core::wire::date::LocalTime;
use receiver_core::{Event as _, EventKey, Receiver, Secret};

use super::{TOKEN, edit, json, post, refused};

#[test]
fn the_daily_sample_is_read_member_by_member() {
    let product = read(include_str!("../../samples/sintegre/product_published.daily.json"));
    assert_eq!(product.nome, "Exemplo diário de previsão - PDP");
    assert_eq!(product.processo, "Previsão de Vazões Diárias - PDP");
    assert_eq!(product.macro_processo, "Programação da Operação");
    assert_eq!(product.data_produto, DataProduto::Day(date(2026, 1, 15)));
    assert_eq!(product.periodicidade.civil(), Some(datetime(2026, 1, 15, 0, 0, 0, 0)));
    let end = product.periodicidade_final.as_ref().and_then(LocalTime::civil);
    assert_eq!(end, Some(datetime(2026, 1, 15, 23, 59, 59, 0)));

    let link = &product.url;
    assert_eq!(link.host().as_deref(), Some("apps08.ons.org.br"));
    assert!(link.is_at_ons());
    assert_eq!(link.product_id().as_deref(), Some("900"));
    assert_eq!(link.file_name().as_deref(), Some("Exemplo_20260115.zip"));
    assert_eq!(link.is_file(), Some(true));
    let expires_at = link.expires_at().expect("an expiry");
    assert_eq!(expires_at.to_string(), "2026-01-16T12:04:00Z");
    assert_eq!(product.kind(), "product_published");
}

#[test]
fn a_folder_has_no_file_name() {
    let product = read(include_str!("../../samples/sintegre/product_published.monthly.json"));
    assert!(matches!(product.data_produto, DataProduto::Month(month) if month.month() == 1));
    assert_eq!((product.url.is_file(), product.url.file_name()), (Some(false), None));
    assert_eq!(product.url.product_id().as_deref(), Some("901"));
}

#[test]
fn the_spelling_of_the_manual_is_read_too() {
    let product =
        read(include_str!("../../samples/sintegre/product_published.weekly_pascal_case.json"));
    assert_eq!(product.nome, "Exemplo resultados preliminares  (vazões semanais - PMO)");
    let week = DataProduto::Range(date(2026, 1, 10), date(2026, 1, 16));
    assert_eq!(product.data_produto, week);
    assert_eq!(product.url.product_id(), None);
}

#[test]
fn a_period_in_another_spelling_is_the_same_local_time() {
    for (written, read) in [
        ("2025-06-01T00:00:00", "2025-06-01T00:00:00"),
        ("2025-06-01T00:00:00.000", "2025-06-01T00:00:00"),
        ("2025-06-01T03:00:00.000Z", "2025-06-01T00:00:00"),
        ("2025-06-01T00:00:00-03:00", "2025-06-01T00:00:00"),
        ("2025-07-01T02:59:59.000Z", "2025-06-30T23:59:59"),
    ] {
        let product = with("periodicidade", &format!("{written:?}"));
        let civil = product.periodicidade.civil().map(|civil| civil.to_string());
        assert_eq!(civil.as_deref(), Some(read), "{written}");
    }
}

#[test]
fn an_odd_date_refuses_nothing() {
    for odd in [
        r#""soon""#,
        r#""31/02/2026""#,
        r#""0000-00-00""#,
        "1768478400",
        "1e400",
        "true",
        "[2026, 1, 15]",
        r#"{"$date": 1}"#,
    ] {
        let product = with("periodicidade", odd);
        assert_eq!(product.periodicidade.civil(), None, "{odd}");
        assert_eq!(product.periodicidade.text(), odd.trim_matches('"'));
        with("periodicidadeFinal", odd);
    }
    for odd in [r#""2026""#, "20260115", "false", r#"{"d": 1}"#] {
        let product = with("dataProduto", odd);
        assert_eq!(product.data_produto, DataProduto::Other(odd.trim_matches('"').to_owned()));
    }
    for none in ["null", r#""""#, r#"" ""#] {
        assert!(with("periodicidadeFinal", none).periodicidade_final.is_none(), "{none}");
    }
}

#[test]
fn a_missing_or_blank_text_is_named() {
    for member in ["nome", "processo", "macroProcesso", "dataProduto", "periodicidade", "url"] {
        assert_eq!(refuse_without(member), (member.to_owned(), "to be present".to_owned()));
        for blank in [r#""""#, r#"" \t""#, "null"] {
            let (named, _) = refused(&receiver(), &set(member, blank));
            assert_eq!(named, member, "{blank}");
        }
    }
    for member in ["nome", "processo", "macroProcesso", "url"] {
        for no_text in ["{}", "[]", "true", "7"] {
            let (named, _) = refused(&receiver(), &set(member, no_text));
            assert_eq!(named, member, "{no_text}");
        }
    }
}

#[test]
fn a_member_in_both_spellings_is_ambiguous() {
    let body = DAILY.replacen('{', r#"{"Nome":"another","#, 1);
    assert_eq!(refused(&receiver(), &body).0, "nome");
}

#[test]
fn members_that_are_new_are_accepted() {
    let body = DAILY.replacen('{', r#"{"novo":{"a":[1,2]},"#, 1);
    assert_eq!(read(&body).nome, "Exemplo diário de previsão - PDP");
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert_eq!(read(&format!("\u{feff}{DAILY}")).macro_processo, "Programação da Operação");
}

#[test]
fn a_redelivery_has_the_same_key_and_another_file_has_not() {
    let key = |product: ProductPublished| product.key(EventKey::of("sintegre")).expect("a key");
    let first = key(read(DAILY));
    // The same file with a new name: what is published is the file.
    assert_eq!(key(with("nome", r#""Renamed""#)), first);
    // A link whose token says nothing: name and period.
    let plain = |url: &str| key(with("url", &format!("{url:?}")));
    assert_eq!(plain("https://ons.org.br/?token=1"), plain("https://ons.org.br/?token=2"));
    assert_ne!(plain("https://ons.org.br/?token=1"), first);
}

#[test]
fn nothing_of_the_link_prints() {
    let product = read(DAILY);
    let printed = format!("{product:?} {product:#?}");
    let token = product.url.expose().rsplit('=').next().expect("a token");
    assert!(!printed.contains(token) && !printed.contains("webhook?"), "{printed}");
}

const DAILY: &str = include_str!("../../samples/sintegre/product_published.daily.json");

fn receiver() -> Receiver<ProductPublished> {
    sintegre::token(Secret::new(TOKEN).expect("a secret")).expect("a token")
}

#[track_caller]
fn read(body: &str) -> ProductPublished {
    post(&receiver(), body).expect("a delivery").event
}

#[track_caller]
fn with(member: &str, json: &str) -> ProductPublished {
    read(&set(member, json))
}

fn set(member: &str, value: &str) -> String {
    edit(DAILY, |members| drop(members.insert(member.to_owned(), json(value))))
}

fn refuse_without(member: &str) -> (String, String) {
    refused(&receiver(), &edit(DAILY, |members| drop(members.remove(member))))
}
