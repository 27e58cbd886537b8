//! What the system says of power and network. `None` where it does not say.

use host::Machine;
use starship_battery::{Manager, State};

pub fn look() -> Machine {
    Machine { battery: on_battery(), metered: metered() }
}

/// Whether a battery is being emptied; a machine without one says nothing.
fn on_battery() -> Option<bool> {
    let batteries = Manager::new().ok()?.batteries().ok()?;
    let states: Vec<State> = batteries.flatten().map(|battery| battery.state()).collect();
    (!states.is_empty()).then(|| states.contains(&State::Discharging))
}

/// NetworkManager's own judgement, guesses included.
/// <https://networkmanager.dev/docs/api/latest/nm-dbus-types.html#NMMetered>
#[cfg(target_os = "linux")]
fn metered() -> Option<bool> {
    const NAME: &str = "org.freedesktop.NetworkManager";
    let bus = zbus::blocking::Connection::system().ok()?;
    let manager = zbus::blocking::Proxy::new(&bus, NAME, "/org/freedesktop/NetworkManager", NAME).ok()?;
    match manager.get_property::<u32>("Metered").ok()? {
        1 | 3 => Some(true),
        2 | 4 => Some(false),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn metered() -> Option<bool> {
    None
}
