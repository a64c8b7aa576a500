//! Every sample, member by member.

use super::*;
use crate::sender::voalle::{
    Action, Connection, ContractStage, ContractStatus, Report, Signature, SignatureStatus,
    Solicitation, Subscription, TitleIssued, TitlePaid,
};

macro_rules! subject {
    ($function:ident: $variant:ident) => {
        #[track_caller]
        fn $function(body: &str, kind: &str) -> $variant {
            let change = only(body);
            assert_eq!(change.kind(), kind);
            assert_eq!(read(body).kind(), kind);
            match change.subject {
                Subject::$variant(thing) => *thing,
                other => panic!("{other:?}"),
            }
        }
    };
}

subject!(connection: Connection);
subject!(solicitation: Solicitation);
subject!(report: Report);
subject!(title_issued: TitleIssued);
subject!(title_paid: TitlePaid);
subject!(signature: Signature);
subject!(subscription: Subscription);

#[test]
fn the_envelope() {
    for (body, action) in [
        (sample!("contract.created"), Action::Created),
        (sample!("contract.updated"), Action::Updated),
        (sample!("contract.deleted"), Action::Deleted),
        (sample!("contract.created.guide"), Action::Created),
        (sample!("report.created"), Action::Created),
    ] {
        let change = only(body);
        assert_eq!(change.action, Some(action));
        assert_eq!(change.company_id.as_deref(), Some("1"));
        assert_eq!(change.company_tx_id.as_deref(), Some("00.000.000/0001-00"));
    }
}

#[test]
fn contract_created() {
    let contract = contract(sample!("contract.created"));
    assert_eq!(contract.number, "1042");
    assert_eq!(contract.parent_contract, None);
    assert_eq!(contract.description.as_deref(), Some("Contrato 1042 - CLIENTE FICTICIO LTDA "));
    assert_eq!(day(contract.begin_contract_vigency.as_ref()), Some(date(2025, 10, 7)));
    assert_eq!(day(contract.end_contract_vigency.as_ref()), Some(date(2026, 10, 7)));
    assert_eq!((&contract.billing_beginning_date, &contract.billing_final_date), (&None, &None));
    assert_eq!((contract.month_duration, contract.collection_day), (Some(12), Some(15)));
    assert_eq!(contract.amount, amount("100"));
    assert_eq!(contract.next_adjust, None);
    let status = contract.status.unwrap();
    assert_eq!(status.code, Some(ContractStatus::Normal));
    assert_eq!(status.description.as_deref(), Some("Normal"));
    let stage = contract.stage.unwrap();
    assert_eq!(stage.code, Some(ContractStage::PreContract));
    assert_eq!(stage.description.as_deref(), Some("Pré-Contrato"));
    let client = contract.client.unwrap();
    assert_eq!(client.id.as_deref(), Some("4321"));
    assert_eq!(client.name.as_deref(), Some("CLIENTE FICTICIO LTDA"));
    assert_eq!(client.tx_id.as_deref(), Some("00000000000100"));
    let address = contract.address.unwrap();
    assert_eq!(address.street.as_deref(), Some("Rua Inventada"));
    assert_eq!(address.number.as_deref(), Some("80"));
    assert_eq!(address.neighborhood.as_deref(), Some("Centro"));
    assert_eq!(address.postal_code.as_deref(), Some("00000-000"));
    assert_eq!(address.city.as_deref(), Some("Cidade Exemplo"));
    assert_eq!(address.city_code.as_deref(), Some("9999999"));
    assert_eq!(address.state.as_deref(), Some("SE"));
    let place = contract.company_place.unwrap();
    assert_eq!((place.id.as_deref(), place.code.as_deref()), (Some("1"), Some("001")));
    assert_eq!(place.tx_id.as_deref(), Some("00.000.000/0001-00"));
    assert_eq!(place.description.as_deref(), Some("Provedor Ficticio Ltda"));
    let kind = contract.contract_type.unwrap();
    assert_eq!((kind.id.as_deref(), kind.code.as_deref()), (Some("2"), Some("2.01")));
    assert_eq!(kind.description, None);
    let form = contract.payment_form.unwrap();
    assert_eq!(form.description.as_deref(), Some("Dia Especifico 1"));
    let collection = contract.financial_collection_type.unwrap();
    assert_eq!(collection.code.as_deref(), Some("33"));
    assert_eq!(collection.description.as_deref(), Some("Boleto"));
    let seller = contract.seller.unwrap();
    assert_eq!(seller.id.as_deref(), Some("20"));
    assert_eq!(seller.name.as_deref(), Some("VENDEDORA EXEMPLO"));
    assert_eq!(contract.negotiations.len(), 1);
    assert_eq!(contract.negotiations[0].id.as_deref(), Some("20001"));
    assert_eq!(contract.activations.len(), 1);
    assert_eq!(contract.activations[0].id.as_deref(), Some("30001"));
    let other = contract.third_party_information.unwrap();
    assert_eq!(other.negotiation_id.as_deref(), Some("20001"));

    let [first, second] = &contract.services[..] else { panic!("two services") };
    assert_eq!(first.id.as_deref(), Some("5001"));
    assert_eq!(first.service_code.as_deref(), Some("01816"));
    assert_eq!(first.parent_id, None);
    assert_eq!(first.description.as_deref(), Some("Internet Fibra 500 Mbps"));
    assert_eq!(first.units, amount("1"));
    assert_eq!((first.unit_amount, first.total_amount), (amount("80.1"), amount("80.10")));
    assert_eq!(second.service_code.as_deref(), Some("00007"));
    assert_eq!(second.parent_id, first.id);
    assert_eq!(second.total_amount.and_then(Decimal::cents), Some(1990));
}

#[test]
fn contract_created_as_the_guide_spells_it() {
    let contract = contract(sample!("contract.created.guide"));
    assert_eq!(contract.number, "1042");
    assert_eq!(day(contract.begin_contract_vigency.as_ref()), Some(date(2025, 10, 7)));
    assert_eq!(day(contract.end_contract_vigency.as_ref()), Some(date(2026, 10, 7)));
    assert_eq!(contract.status.unwrap().code, Some(ContractStatus::Demonstration));
    assert_eq!(contract.stage.unwrap().code, Some(ContractStage::InApproval));
    assert_eq!(contract.client.unwrap().id.as_deref(), Some("4321"));
    assert_eq!(contract.address.unwrap().neighborhood.as_deref(), Some("Centro"));
    assert_eq!(contract.payment_form.unwrap().id.as_deref(), Some("2"));
    assert_eq!(contract.negotiations[0].id.as_deref(), Some("20001"));
    assert_eq!(contract.activations[0].id.as_deref(), Some("30001"));
    let other = contract.third_party_information.unwrap();
    assert_eq!(other.negotiation_id.as_deref(), Some("20001"));
}

#[test]
fn contract_updated_and_deleted() {
    let blocked = contract(sample!("contract.updated"));
    assert_eq!(blocked.status.unwrap().code, Some(ContractStatus::FinancialBlock));
    assert_eq!(blocked.stage.unwrap().code, Some(ContractStage::Approved));
    assert_eq!(day(blocked.billing_beginning_date.as_ref()), Some(date(2025, 12, 1)));
    assert_eq!(day(blocked.billing_final_date.as_ref()), Some(date(2026, 10, 7)));
    assert_eq!(day(blocked.next_adjust.as_ref()), Some(date(2026, 10, 7)));
    assert_eq!(blocked.amount, amount("99.9"));
    let deleted = contract(sample!("contract.deleted"));
    assert_eq!(deleted.status.unwrap().code, Some(ContractStatus::Cancelled));
}

#[test]
fn connections() {
    let created = connection(sample!("connection.created"), "connection.created");
    assert_eq!(created.login.as_deref(), Some("cliente.ficticio"));
    assert_eq!(created.contract_id, "1042");
    assert_eq!(created.service_id.as_deref(), Some("5001"));
    assert_eq!(created.service_description.as_deref(), Some("Internet Fibra 500 Mbps"));
    assert_eq!(created.access_point.as_deref(), Some("OLT-EXEMPLO-01"));
    assert_eq!((created.olt_slot.as_deref(), created.olt_port.as_deref()), (Some("1"), Some("7")));
    assert_eq!(created.splitter_id.as_deref(), Some("12"));
    assert_eq!(created.splitter_port.as_deref(), Some("3"));
    assert_eq!((&created.address_list, created.status.as_deref()), (&None, Some("1")));

    let updated = connection(sample!("connection.updated"), "connection.updated");
    assert_eq!((updated.login, updated.contract_id.as_str()), (None, "1042"));
    assert_eq!(updated.access_point.as_deref(), Some("14"));
    let deleted = connection(sample!("connection.deleted"), "connection.deleted");
    assert_eq!(deleted.status.as_deref(), Some("0"));
}

#[test]
fn solicitations() {
    let created = solicitation(sample!("solicitation.created"), "solicitation.created");
    assert_eq!(created.solicitation_id, "57");
    assert_eq!(created.protocol_id.as_deref(), Some("2026000038"));
    assert_eq!(created.title.as_deref(), Some("Sem conexão"));
    assert_eq!(created.description.as_deref(), Some("Cliente relata queda às 8 h"));
    assert_eq!(
        (day(created.open_date.as_ref()), day(created.final_date.as_ref())),
        (january(15), january(16))
    );
    assert_eq!(created.closure_date, None);
    assert_eq!(created.team.unwrap().name.as_deref(), Some("Suporte"));
    assert_eq!(created.team_manager.unwrap().name.as_deref(), Some("Gestora Exemplo"));
    let attendance = created.attendance.unwrap();
    assert_eq!(attendance.id.as_deref(), Some("39"));
    assert_eq!(attendance.name.as_deref(), Some("Atendente Exemplo"));
    assert_eq!(created.requester.unwrap().id.as_deref(), Some("4321"));
    assert_eq!(created.client.unwrap().name.as_deref(), Some("CLIENTE FICTICIO LTDA"));
    let status = created.status.unwrap();
    assert_eq!((status.id.as_deref(), status.description.as_deref()), (Some("1"), Some("Aberto")));
    let place = created.company_place.unwrap();
    assert_eq!(place.name.as_deref(), Some("Provedor Ficticio Ltda"));
    assert_eq!(place.tx_id.as_deref(), Some("00.000.000/0001-00"));
    let kind = created.solicitation_type.unwrap();
    assert_eq!(kind.id.as_deref(), Some("11"));
    assert_eq!(kind.description.as_deref(), Some("Suporte técnico"));

    let updated = solicitation(sample!("solicitation.updated"), "solicitation.updated");
    assert_eq!(day(updated.closure_date.as_ref()), january(15));
    assert_eq!(updated.attendance.unwrap().id.as_deref(), Some("39"));
    assert_eq!(updated.status.unwrap().description.as_deref(), Some("Encerrado"));
    let deleted = solicitation(sample!("solicitation.deleted"), "solicitation.deleted");
    assert_eq!((day(deleted.open_date.as_ref()), deleted.final_date), (january(15), None));
}

#[test]
fn reports() {
    let civil = |time: Option<LocalTime>| time.unwrap().civil().unwrap().to_string();
    let created = report(sample!("report.created"), "report.created");
    assert_eq!(created.solicitation_id, "57");
    assert_eq!(created.protocol_id.as_deref(), Some("2026000038"));
    let reporter = created.reporter.unwrap();
    assert_eq!(reporter.id.as_deref(), Some("39"));
    assert_eq!(reporter.name.as_deref(), Some("Atendente Exemplo"));
    assert_eq!(created.title.as_deref(), Some("Retorno"));
    assert_eq!(created.report.as_deref(), Some("Cliente confirmou horário"));
    assert_eq!(civil(created.date_time_start), "2026-01-15T09:14:19");
    assert_eq!(civil(created.date_time_end), "2026-01-15T09:46:13");

    let updated = report(sample!("report.updated"), "report.updated");
    assert_eq!(civil(updated.date_time_start), "2026-01-15T09:14:19");
    assert_eq!(updated.date_time_end, None);
    report(sample!("report.deleted"), "report.deleted");
}

#[test]
fn titles_issued() {
    let created = title_issued(sample!("title_issued.created"), "title_issued.created");
    assert_eq!(created.contract_id.as_deref(), Some("1042"));
    let description = created.contract_description.as_deref();
    assert_eq!(description, Some("Contrato 1042 - CLIENTE FICTICIO LTDA"));
    assert_eq!(created.client_id.as_deref(), Some("4321"));
    assert_eq!(created.client_name.as_deref(), Some("CLIENTE FICTICIO LTDA"));
    assert_eq!(created.client_tx_id.as_deref(), Some("00000000000100"));
    assert_eq!((created.number.as_str(), created.parcel.as_deref()), ("FAT-29", Some("1")));
    assert_eq!((created.balance, created.amount), (amount("1234.5"), amount("1234.50")));
    assert_eq!(created.amount.and_then(Decimal::cents), Some(123_450));
    assert_eq!((created.interest, created.fine), (amount("2"), amount("0.03")));
    assert_eq!(day(created.issue_date.as_ref()), january(2));
    let competence = created.competence.unwrap();
    assert_eq!(competence.to_string(), "01-2026");
    assert_eq!(competence.month().unwrap().to_string(), "2026-01");
    assert_eq!(day(created.original_expiration_date.as_ref()), january(15));
    assert_eq!(day(created.expiration_date.as_ref()), january(15));
    assert_eq!(created.company_place_id.as_deref(), Some("1"));
    assert_eq!(created.company_place_tx_id.as_deref(), Some("00.000.000/0001-00"));

    let updated = title_issued(sample!("title_issued.updated"), "title_issued.updated");
    assert_eq!(day(updated.expiration_date.as_ref()), january(20));
    assert_eq!((updated.interest, updated.fine), (None, None));
    let deleted = title_issued(sample!("title_issued.deleted"), "title_issued.deleted");
    assert_eq!(deleted.balance, amount("0"));
}

#[test]
fn titles_paid() {
    let created = title_paid(sample!("title_paid.created"), "title_paid.created");
    assert_eq!(created.financial_receivable_title_id, "470");
    assert_eq!(created.client_id.as_deref(), Some("4321"));
    assert_eq!(created.client_name.as_deref(), Some("CLIENTE FICTICIO LTDA"));
    assert_eq!(created.client_tx_id.as_deref(), Some("00000000000100"));
    assert_eq!(created.number.as_deref(), Some("FAT-29"));
    assert_eq!(created.parcel.as_deref(), Some("1"));
    assert_eq!((created.amount, created.total_amount), (amount("99.9"), amount("99.9")));
    assert_eq!((created.discount, created.increase, created.fine), {
        let zero = amount("0");
        (zero, zero, zero)
    });
    assert_eq!((created.interest, created.bank_tax_amount), (None, amount("1.5")));
    assert_eq!(day(created.receipt_date.as_ref()), january(15));
    assert_eq!(created.complement, None);
    assert_eq!(created.payment_form.as_deref(), Some("Boleto"));
    assert_eq!(created.company_place_id.as_deref(), Some("1"));
    assert_eq!(created.company_place_tx_id.as_deref(), Some("00.000.000/0001-00"));

    let updated = title_paid(sample!("title_paid.updated"), "title_paid.updated");
    assert_eq!((updated.discount, updated.total_amount), (amount("9.9"), amount("90")));
    assert_eq!(day(updated.receipt_date.as_ref()), january(15));
    assert_eq!(updated.complement.as_deref(), Some("Desconto concedido"));
    title_paid(sample!("title_paid.deleted"), "title_paid.deleted");
}

#[test]
fn signatures() {
    let created = signature(sample!("signature.created"), "signature.created");
    assert_eq!(created.negotiation_id.as_deref(), Some("20001"));
    assert!(created.contract.is_none());
    let [signature_created] = &created.electronic_signatures[..] else { panic!("one signature") };
    assert_eq!(signature_created.code, "ASS-77");
    assert_eq!(signature_created.name.as_deref(), Some("Fulana de Tal"));
    assert_eq!(signature_created.email.as_deref(), Some("fulana@exemplo.invalid"));
    assert_eq!(signature_created.phone.as_deref(), Some("(00) 90000-0000"));
    let url = signature_created.url.as_ref().unwrap();
    assert_eq!(url.expose(), "https://exemplo.invalid/assinatura/SYNTHETIC");
    assert_eq!(signature_created.status, Some(SignatureStatus::Waiting));

    let updated = signature(sample!("signature.updated"), "signature.updated");
    assert_eq!(updated.electronic_signatures[0].url, None);
    assert!(updated.electronic_signatures[0].status.as_ref().unwrap().is_done());
    let deleted = signature(sample!("signature.deleted"), "signature.deleted");
    assert_eq!(deleted.electronic_signatures[0].status, Some(SignatureStatus::Cancelled));
    assert_eq!(deleted.electronic_signatures[0].email, None);
}

#[test]
fn subscriptions() {
    let seen = subscription(sample!("dialect_b"), "subscription");
    assert_eq!(seen.contract.unwrap().number.as_deref(), Some("1042"));
    let status = seen.status.unwrap();
    assert_eq!((status.code, status.description.as_deref()), (None, Some("Normal")));
    assert_eq!(seen.stage.unwrap().description.as_deref(), Some("Aprovado"));
    assert_eq!(seen.company_place.unwrap().id.as_deref(), Some("1"));
    let client = seen.client.unwrap();
    assert_eq!(client.name.as_deref(), Some("Fulana de Tal"));
    assert_eq!(client.email.as_deref(), Some("fulana@exemplo.invalid"));
    assert_eq!(client.tx_id.as_deref(), Some("000.000.000-00"));
    assert_eq!(client.cell_phone.as_deref(), Some("(00) 90000-0000"));
    assert_eq!(client.phone, None);
    assert_eq!(seen.services[0].integration_code.as_deref(), Some("PLANO-A"));
    assert_eq!(seen.services[0].description.as_deref(), Some("TV Ficticia"));
    assert_eq!(seen.patrimonies[0].mac.as_deref(), Some("00:00:5E:00:53:01"));
    assert_eq!(seen.patrimonies[0].integration_code.as_deref(), Some("BOX-1"));

    let full = subscription(sample!("subscription"), "subscription");
    assert_eq!((full.active, full.version.as_deref()), (Some(true), Some("3")));
    assert_eq!(day(full.timestamp.as_ref()), january(15));
    let contract = full.contract.unwrap();
    assert_eq!(contract.id.as_deref(), Some("7001"));
    assert_eq!(contract.description.as_deref(), Some("Contrato 1042 - FULANA DE TAL"));
    assert_eq!(day(contract.begin_contract_vigency.as_ref()), Some(date(2025, 10, 7)));
    assert_eq!(day(contract.end_contract_vigency.as_ref()), Some(date(2026, 10, 7)));
    assert_eq!(contract.fingerprint.as_deref(), Some("SYNTHETIC-CONTRACT"));
    assert_eq!(
        (full.status.unwrap().code.as_deref(), full.stage.unwrap().code.as_deref()),
        (Some("1"), Some("3"))
    );
    assert_eq!(full.company_place.unwrap().name.as_deref(), Some("Provedor Ficticio Ltda"));
    let service = &full.services[0];
    assert_eq!((service.active, service.demonstration), (Some(true), Some(true)));
    assert_eq!(service.contract_item.as_deref(), Some("5002"));
    assert_eq!(service.fingerprint.as_deref(), Some("SYNTHETIC-SERVICE"));
    assert_eq!(service.integrator_type.as_deref(), Some("3"));
    assert_eq!(day(service.demonstration_final_date.as_ref()), Some(date(2026, 2, 15)));
    let tag = service.service_tag.as_ref().unwrap();
    assert_eq!((tag.id.as_deref(), tag.tag.as_deref()), (Some("8001"), Some("TV-1042")));
}
