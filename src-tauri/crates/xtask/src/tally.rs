//! Counts what the test runners say of themselves in their closing lines.
//!
//! Read: cargo test, nextest, vitest, Playwright, pytest, and Node's runner. A stage whose runners closed on no test
//! did not run, whatever its exit code.

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl Tally {
    pub fn hear(&mut self, line: &str) {
        let line = plain(line);
        let line = line.trim();
        if let Some(count) = node(line, "pass") {
            self.passed += count;
        } else if let Some(count) = node(line, "fail") {
            self.failed += count;
        } else if closes(line) {
            self.passed += before(line, "passed");
            self.failed += before(line, "failed");
        }
    }

    pub fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    pub fn is_empty(self) -> bool {
        self.passed + self.failed == 0
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

fn closes(line: &str) -> bool {
    let pytest =
        line.contains(" in ") && line.trim_matches(['=', ' ']).starts_with(|c: char| c.is_ascii_digit());
    let playwright = line.ends_with("s)") && before(line, "passed (") > 0;
    line.starts_with("Summary [")
        || line.starts_with("test result:")
        || line.starts_with("Tests ")
        || pytest
        || playwright
}

/// The number right before `word`, 0 where there is none.
fn before(line: &str, word: &str) -> u64 {
    let Some((head, _)) = line.split_once(&format!(" {word}")) else { return 0 };
    head.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// `# pass 5` or `ℹ pass 5`.
fn node(line: &str, word: &str) -> Option<u64> {
    let rest = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "))?;
    rest.strip_prefix(word)?.trim().parse().ok()
}

/// Without the colours: everything from ESC to the letter that ends the sequence.
fn plain(line: &str) -> String {
    let mut coloured = false;
    line.chars()
        .filter(|&c| {
            let hidden = coloured || c == '\u{1b}';
            coloured = if coloured { !c.is_ascii_alphabetic() } else { hidden };
            !hidden
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(lines: &[&str]) -> Tally {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.hear(line));
        tally
    }

    #[test]
    fn each_runners_closing_line_is_counted() {
        let told = [
            ("     Summary [   1.204s] 45 tests run: 44 passed (1 slow), 1 failed, 3 skipped", 44, 1),
            ("test result: ok. 9 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out", 9, 0),
            ("\u{1b}[2m      Tests \u{1b}[22m \u{1b}[31m2 failed\u{1b}[39m | 10 passed (12)", 10, 2),
            ("======= 1 failed, 3 passed in 0.12s =======", 3, 1),
            ("7 passed in 0.12s", 7, 0),
            ("  5 passed (3.1s)", 5, 0),
            ("ℹ pass 6", 6, 0),
            ("# fail 2", 0, 2),
        ];
        for (line, passed, failed) in told {
            assert_eq!(heard(&[line]), Tally { passed, failed }, "read wrongly: {line}");
        }
    }

    #[test]
    fn other_lines_count_for_nothing() {
        let noise = [
            " Test Files  3 passed (3)",
            "        PASS [   0.004s] domain secret::tests::x",
            "the check 12 passed in silence",
            "running 9 tests",
            "",
        ];
        assert!(heard(&noise).is_empty(), "noise was counted: {:?}", heard(&noise));
    }

    #[test]
    fn stages_add_up() {
        let mut all = heard(&["# pass 2"]);
        all.add(heard(&["# pass 3", "# fail 1"]));
        assert_eq!(all.to_string(), "5 passed, 1 failed");
    }
}
