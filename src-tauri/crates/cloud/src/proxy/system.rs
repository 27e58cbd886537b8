//! Environment first, then the operating system, as other programs of the machine do it.

use super::setting::Setting;
use super::{Hop, WAY_ROUND, masked};

/// What the system says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct System {
    pub(super) lines: Vec<String>,
    pub(super) unsupported: Option<String>,
    /// The proxy for https, as a variable would hold it. It may hold a password and is never shown.
    value: Option<String>,
    without: String,
}

/// For https; the first that is set decides. <https://everything.curl.dev/usingcurl/proxies/env.html>
const PROXY: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
const WITHOUT: [&str; 2] = ["NO_PROXY", "no_proxy"];

impl System {
    pub(super) fn read() -> Self {
        Self::of(|name| std::env::var(name).ok(), Setting::read)
    }

    /// `setting` is asked only where the environment names no proxy.
    fn of(variable: impl Fn(&str) -> Option<String>, setting: impl FnOnce() -> Setting) -> Self {
        let names = PROXY.into_iter().chain(WITHOUT);
        let set = names.filter_map(|name| Some((name, variable(name)?)));
        let found: Vec<(&str, String)> = set.filter(|(_, value)| !value.trim().is_empty()).collect();
        let lines = found.iter().map(|(name, value)| format!("{name} = {}", masked(value))).collect();
        let first = |names: &[&str]| found.iter().find(|(name, _)| names.contains(name)).cloned();
        let without = first(&WITHOUT).map(|(_, value)| value);
        match first(&PROXY) {
            Some((name, value)) => {
                let unsupported = Hop::read(&value, "").is_none().then(|| unusable(name, &value));
                Self { lines, unsupported, value: Some(value), without: without.unwrap_or_default() }
            }
            None => Self { lines, without: without.unwrap_or_default(), ..Self::default() }.or(setting()),
        }
    }

    fn or(mut self, setting: Setting) -> Self {
        self.lines.extend(setting.lines());
        self.unsupported = setting.script.as_deref().map(scripted);
        if self.without.is_empty() {
            self.without = setting.without.join(",");
        }
        self.value = setting.proxy.filter(|_| setting.script.is_none());
        self
    }

    pub(super) fn hop(&self) -> Option<Hop> {
        Hop::read(self.value.as_deref()?, &self.without)
    }
}

fn scripted(script: &str) -> String {
    let place =
        if script.is_empty() { "that the network names".to_owned() } else { format!("`{}`", masked(script)) };
    format!(
        "The system takes its proxy from a script (PAC), {place}, and Crosswalk runs no such script. {WAY_ROUND}"
    )
}

fn unusable(name: &str, value: &str) -> String {
    let kind = if value.starts_with("socks") { "a SOCKS proxy" } else { "no proxy that Crosswalk can use" };
    format!("`{name}` names {kind}. {WAY_ROUND}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(variables: &[(&str, &str)], setting: Setting) -> System {
        let value =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).into());
        System::of(value, || setting)
    }

    fn address(system: &System) -> Option<String> {
        system.hop().map(|hop| hop.address.to_string())
    }

    #[test]
    fn https_proxy_goes_before_all_proxy_and_both_before_the_system() {
        let setting = || Setting { proxy: Some("desk:1".into()), ..Setting::default() };
        let all = [("ALL_PROXY", "http://all:1"), ("https_proxy", "http://ada:hunter2@https:1")];
        let system = seen(&all, setting());
        assert_eq!(address(&system).as_deref(), Some("http://https:1/"));
        assert_eq!(system.lines, ["https_proxy = http://ada:…@https:1", "ALL_PROXY = http://all:1"]);
        assert_eq!(address(&seen(&all[..1], setting())).as_deref(), Some("http://all:1/"));
        assert_eq!(address(&seen(&[("HTTPS_PROXY", " ")], setting())).as_deref(), Some("http://desk:1/"));
        assert_eq!(address(&seen(&[], Setting::default())), None);
    }

    #[test]
    fn a_script_is_named_and_not_run() {
        let script = Setting { script: Some("http://wpad/proxy.pac".into()), ..Setting::default() };
        let system = seen(&[], script.clone());
        let says = system.unsupported.clone().unwrap();
        assert!(says.contains("`http://wpad/proxy.pac`") && says.contains("cntlm"), "{says}");
        assert_eq!(address(&system), None);
        let beside = seen(&[("HTTPS_PROXY", "http://proxy:1")], script);
        assert_eq!(
            (beside.unsupported.as_ref(), address(&beside).is_some()),
            (None, true),
            "the variable decides"
        );
    }

    #[test]
    fn a_socks_proxy_is_named() {
        let system = seen(&[("ALL_PROXY", "socks5h://ada:hunter2@proxy:1080")], Setting::default());
        let says = system.unsupported.clone().unwrap();
        assert!(says.contains("SOCKS") && !says.contains("hunter2"), "{says}");
        assert_eq!(address(&system), None);
    }

    #[test]
    fn exceptions_come_from_the_environment_before_the_system() {
        let setting =
            Setting { proxy: Some("desk:1".into()), without: vec!["a.example".into()], ..Setting::default() };
        let url = reqwest::Url::parse("https://www.a.example/").unwrap();
        assert!(!seen(&[], setting.clone()).hop().unwrap().serves(&url));
        assert!(seen(&[("no_proxy", "b.example")], setting).hop().unwrap().serves(&url));
    }
}
