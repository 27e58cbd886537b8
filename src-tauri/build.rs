//! Embeds the UI, the capability and the icons, and keeps our SQLCipher to ourselves.

fn main() {
    // SQLCipher is linked statically while WebKitGTK loads the system's libsqlite3: without this the linker exports
    // our sqlite3_* symbols and the two copies call into each other.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo::rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    }
    // A command that is named here needs a permission; any other does not exist for the window.
    let commands = tauri_build::AppManifest::new().commands(&["rpc"]);
    if let Err(why) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)) {
        println!("cargo::error={why:#}");
    }
}
