//! Certificates made here, in every form that can and can't sign in.

use openssl::asn1::Asn1Integer;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::rsa::Rsa;
use openssl::symm::Cipher;
use openssl::x509::X509Name;

use super::*;

fn rsa() -> PKey<Private> {
    PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap()
}

fn ec() -> PKey<Private> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap()
}

/// Valid from and to, in seconds from now.
fn certificate(key: &PKey<Private>, from: i64, to: i64) -> X509 {
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let mut name = X509Name::builder().unwrap();
    name.append_entry_by_nid(Nid::COMMONNAME, "crosswalk").unwrap();
    name.append_entry_by_nid(Nid::ORGANIZATIONNAME, "Contoso").unwrap();
    let name = name.build();
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_serial_number(&Asn1Integer::from_bn(&BigNum::from_u32(7).unwrap()).unwrap()).unwrap();
    builder.set_subject_name(&name).unwrap();
    builder.set_issuer_name(&name).unwrap();
    builder.set_not_before(&Asn1Time::from_unix(now + from).unwrap()).unwrap();
    builder.set_not_after(&Asn1Time::from_unix(now + to).unwrap()).unwrap();
    builder.set_pubkey(key).unwrap();
    builder.sign(key, MessageDigest::sha256()).unwrap();
    builder.build()
}

fn pem_of(key: &PKey<Private>, certificate: &X509) -> Secret {
    let mut pem = key.private_key_to_pem_pkcs8().unwrap();
    pem.extend(certificate.to_pem().unwrap());
    Secret::new(pem)
}

fn sentence(file: &Secret, password: Option<&str>) -> String {
    let password = password.map(Secret::from);
    let read = Certified::read(file, password.as_ref());
    read.and_then(|read| read.usable(OffsetDateTime::now_utc())).unwrap_err().to_string()
}

#[test]
fn pem_and_pfx_say_the_same_of_one_certificate() {
    let key = rsa();
    let made = certificate(&key, -60, 86_400);
    let pem = pem_of(&key, &made);
    let pfx = Pkcs12::builder().pkey(&key).cert(&made).build2("pässword").unwrap();
    let pfx = Secret::new(pfx.to_der().unwrap());
    let facts = certificate_facts(&pem, None).unwrap();
    assert_eq!(facts, certificate_facts(&pfx, Some(&"pässword".into())).unwrap());
    assert_eq!(facts.subject, "CN=crosswalk, O=Contoso");
    assert!(facts.thumbprint.len() == 40 && facts.thumbprint == facts.thumbprint.to_uppercase());
    assert_eq!((facts.not_after - facts.not_before).whole_seconds(), 86_460);
}

#[test]
fn what_azure_identity_gets_is_a_pkcs12_without_password() {
    let key = rsa();
    let file = pem_of(&key, &certificate(&key, -60, 86_400));
    let made = Certified::read(&file, None).unwrap().pkcs12().unwrap();
    let parsed = Pkcs12::from_der(made.expose()).unwrap().parse2("").unwrap();
    assert!(parsed.pkey.unwrap().public_eq(&key) && parsed.cert.is_some());
}

#[test]
fn an_encrypted_pem_opens_with_its_password_alone() {
    let key = rsa();
    let made = certificate(&key, -60, 86_400);
    let mut pem = key.private_key_to_pem_pkcs8_passphrase(Cipher::aes_256_cbc(), b"right").unwrap();
    pem.extend(made.to_pem().unwrap());
    let file = Secret::new(pem);
    assert!(certificate_facts(&file, Some(&"right".into())).is_ok());
    assert!(sentence(&file, Some("wrong")).contains("does not open"));
    assert!(sentence(&file, None).contains("none was given"));
    assert!(sentence(&file, Some(&"x".repeat(100_000))).contains("does not open"));
}

#[test]
fn what_can_not_sign_in_is_told_apart() {
    let (key, other) = (rsa(), rsa());
    let made = certificate(&key, -60, 86_400);
    let pfx = Pkcs12::builder().pkey(&key).cert(&made).build2("right").unwrap().to_der().unwrap();
    let curve = ec();
    for (file, password, part) in [
        (Secret::new(made.to_pem().unwrap()), None, "without its private key"),
        (Secret::new(key.private_key_to_pem_pkcs8().unwrap()), None, "no certificate"),
        (pem_of(&other, &made), None, "another certificate"),
        (pem_of(&curve, &certificate(&curve, -60, 86_400)), None, "no RSA key"),
        (pem_of(&key, &certificate(&key, -86_400, -60)), None, "expired on"),
        (pem_of(&key, &certificate(&key, 86_400, 172_800)), None, "is not valid before"),
        (Secret::new(pfx.clone()), Some("wrong"), "does not open"),
        (Secret::new(pfx), None, "none was given"),
        (Secret::from("hello"), None, "neither PEM nor PFX"),
        (Secret::from(""), None, "neither PEM nor PFX"),
    ] {
        let said = sentence(&file, password);
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn a_pfx_of_rc2_names_the_conversion() {
    let file = Secret::new(include_bytes!("legacy.pfx").to_vec());
    let fault = certificate_facts(&file, Some(&"legacy".into())).unwrap_err();
    assert!(fault.sentence.contains("RC2") && fault.sentence.contains("OpenSSL 3 refuses"), "{fault:?}");
    for command in ["openssl pkcs12 -legacy -in old.pfx -nodes", "openssl pkcs12 -export", "delete `all.pem`"]
    {
        assert!(fault.hint.contains(command), "{command}: {fault:?}");
    }
    assert!(
        sentence(&file, Some("wrong")).contains("does not open"),
        "the password is told apart from the algorithm"
    );
}
