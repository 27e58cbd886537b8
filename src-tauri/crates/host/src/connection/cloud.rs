//! Which cloud a connection speaks to: from its facts to addresses. Nothing but the addresses differs.

use contract::account::CloudName;
use domain::fault::{Code, Fault};
use engine::scope::{CloudKind, Endpoints, Refused, SmtpHost, china};

use super::Connection;

/// Where mail is submitted with STARTTLS. <https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365>
const SUBMISSION: u16 = 587;

impl Connection {
    /// The addresses of its cloud.
    ///
    /// # Errors
    /// `Invalid`: a cloud that is refused, or an address that can't be one.
    pub fn addresses(&self) -> Result<Endpoints, Fault> {
        if let Some(descriptor) = &self.sandbox {
            return descriptor.endpoints();
        }
        match self.cloud {
            CloudName::Public => national(CloudKind::Public),
            CloudName::GccHigh => national(CloudKind::GccHigh),
            CloudName::Dod => national(CloudKind::Dod),
            CloudName::China => Err(china()),
            CloudName::Custom => self.typed_cloud(),
            CloudName::Demo => Err(Fault::new(Code::Invalid, "The demo tenant is not stored.")
                .hint("Open it from the first screen.")),
        }
    }

    fn typed_cloud(&self) -> Result<Endpoints, Fault> {
        let missing = || Fault::new(Code::Invalid, "A custom cloud needs its addresses.");
        let cloud = self.custom.as_ref().ok_or_else(missing)?;
        let smtp = SmtpHost { host: cloud.smtp.trim().to_owned(), port: SUBMISSION };
        Endpoints::custom(&cloud.authority, &cloud.arm, &cloud.graph, &cloud.logs, smtp)
            .map_err(|refused| invalid(&refused))
    }

    /// Who is asked: sign-in, ARM, Graph, Log Analytics.
    pub fn hosts(&self) -> Vec<String> {
        let Ok(endpoints) = self.addresses() else { return Vec::new() };
        let origins = [&endpoints.authority, &endpoints.arm, &endpoints.graph, &endpoints.logs];
        origins.map(|origin| origin.authority().to_owned()).to_vec()
    }
}

fn national(kind: CloudKind) -> Result<Endpoints, Fault> {
    Endpoints::national(kind).map_err(|refused| Fault::new(Code::Internal, refused.to_string()))
}

fn invalid(refused: &Refused) -> Fault {
    Fault::new(Code::Invalid, format!("This cloud can't be used: {refused}."))
        .hint("Give https addresses without a path, as the cloud's operator names them.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::account::CustomCloud;

    fn of(cloud: CloudName) -> Connection {
        Connection { cloud, ..Connection::new("c", "v".into(), "t", "c") }
    }

    #[test]
    fn each_cloud_has_its_own_hosts() {
        assert_eq!(of(CloudName::Public).hosts()[0], "login.microsoftonline.com");
        assert_eq!(of(CloudName::GccHigh).hosts()[2], "graph.microsoft.us");
        assert_eq!(of(CloudName::Dod).hosts()[2], "dod-graph.microsoft.us");
    }

    #[test]
    fn china_is_refused_with_date_and_reason() {
        let fault = of(CloudName::China).addresses().expect_err("it is refused");
        assert!(fault.sentence.contains("18 August 2026") && fault.sentence.contains("retired"), "{fault}");
    }

    #[test]
    fn a_custom_cloud_is_as_typed_and_never_loopback() {
        let typed = |arm: &str| Connection {
            custom: Some(CustomCloud {
                authority: "https://login.contoso.example".into(),
                arm: arm.into(),
                graph: "https://graph.contoso.example".into(),
                logs: "https://logs.contoso.example".into(),
                smtp: "smtp.contoso.example".into(),
            }),
            ..of(CloudName::Custom)
        };
        assert_eq!(typed("https://arm.contoso.example").hosts()[1], "arm.contoso.example");
        for wrong in ["http://arm.contoso.example", "https://127.0.0.1:4", "https://arm.contoso.example/path"]
        {
            let fault = typed(wrong).addresses().expect_err(wrong);
            assert!(fault.code == Code::Invalid && fault.hint.is_some(), "{fault}");
        }
        assert!(of(CloudName::Custom).addresses().is_err(), "no addresses were typed");
    }
}
