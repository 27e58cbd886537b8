//! What each system's tool prints, typed by hand after its own documentation.

use super::*;

#[test]
fn gnome_manual_has_a_proxy_and_exceptions() {
    let read = gnome(
        "org.gnome.system.proxy autoconfig-url ''\n\
         org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '*.contoso.com']\n\
         org.gnome.system.proxy mode 'manual'\n\
         org.gnome.system.proxy.http host 'plain.contoso.com'\n\
         org.gnome.system.proxy.http port 80\n\
         org.gnome.system.proxy.https host 'proxy.contoso.com'\n\
         org.gnome.system.proxy.https port 8080\n",
    );
    assert_eq!(read.proxy.as_deref(), Some("proxy.contoso.com:8080"));
    assert_eq!(read.without, ["localhost", "127.0.0.0/8", ".contoso.com"]);
    assert_eq!(
        read.lines(),
        ["GNOME: proxy.contoso.com:8080", "GNOME: not for localhost, 127.0.0.0/8, .contoso.com"]
    );
}

#[test]
fn gnome_auto_is_a_script_and_none_is_nothing() {
    let auto = gnome(
        "org.gnome.system.proxy mode 'auto'\norg.gnome.system.proxy autoconfig-url 'http://wpad/proxy.pac'\n",
    );
    assert_eq!(auto.script.as_deref(), Some("http://wpad/proxy.pac"));
    let none = gnome("org.gnome.system.proxy mode 'none'\norg.gnome.system.proxy.https host 'old'\n");
    assert_eq!(none, Setting::default());
    let empty = gnome(
        "org.gnome.system.proxy mode 'manual'\norg.gnome.system.proxy.https host ''\norg.gnome.system.proxy.https port 0\n",
    );
    assert_eq!(empty.proxy, None);
}

const SCUTIL: &str = "<dictionary> {\n  ExceptionsList : <array> {\n    0 : *.local\n    1 : 169.254/16\n  }\n  \
                      FTPPassive : 1\n  HTTPSEnable : 1\n  HTTPSPort : 3128\n  HTTPSProxy : proxy.contoso.com\n  \
                      ProxyAutoConfigEnable : 0\n}\n";

#[test]
fn macos_has_a_proxy_exceptions_or_a_script() {
    let read = macos(SCUTIL);
    assert_eq!(read.proxy.as_deref(), Some("proxy.contoso.com:3128"));
    assert_eq!(read.without, [".local", "169.254/16"]);
    assert_eq!(read.script, None);
    assert_eq!(macos(&SCUTIL.replace("HTTPSEnable : 1", "HTTPSEnable : 0")).proxy, None);
    let script =
        "<dictionary> {\n  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : http://wpad/a.pac\n}\n";
    assert_eq!(macos(script).script.as_deref(), Some("http://wpad/a.pac"));
    assert_eq!(macos("<dictionary> {\n  ProxyAutoDiscoveryEnable : 1\n}\n").script.as_deref(), Some(""));
}

fn registry(lines: &[&str]) -> Setting {
    let head = "\r\nHKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\r\n";
    windows(&format!("{head}{}\r\n", lines.iter().map(|line| format!("    {line}\r\n")).collect::<String>()))
}

#[test]
fn windows_has_one_proxy_for_all_or_one_for_each() {
    let on = "ProxyEnable    REG_DWORD    0x1";
    let one = registry(&[
        on,
        "ProxyServer    REG_SZ    proxy:8080",
        "ProxyOverride    REG_SZ    <local>;*.contoso.com",
    ]);
    assert_eq!((one.proxy.as_deref(), one.without), (Some("proxy:8080"), vec![".contoso.com".to_owned()]));
    let each = registry(&[on, "ProxyServer    REG_SZ    http=a:1;https=b:2;socks=c:3"]);
    assert_eq!(each.proxy.as_deref(), Some("b:2"));
    assert_eq!(registry(&[on, "ProxyServer    REG_SZ    http=a:1"]).proxy, None, "https goes straight out");
    let off = registry(&["ProxyEnable    REG_DWORD    0x0", "ProxyServer    REG_SZ    proxy:8080"]);
    assert_eq!((off.proxy, off.script), (None, None));
    let script = registry(&["AutoConfigURL    REG_SZ    http://wpad/wpad.dat"]);
    assert_eq!(script.script.as_deref(), Some("http://wpad/wpad.dat"));
}

#[test]
fn kde_says_that_it_is_not_read() {
    let kde = desktop("KDE").unwrap();
    assert_eq!(kde.proxy, None);
    assert!(kde.lines()[0].contains("not read"), "{:?}", kde.lines());
    assert_eq!(desktop("sway"), None, "no tool is asked where there is none to ask");
}

#[test]
fn a_tool_that_is_missing_or_fails_says_nothing() {
    assert_eq!(ask("no-such-tool-anywhere", &[]), None);
    assert_eq!(ask("false", &[]), None);
}
