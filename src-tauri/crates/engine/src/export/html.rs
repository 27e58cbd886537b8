//! One page that runs nothing and loads nothing: a table, readable, printable, and with a policy that says so.

use std::io::{Result, Write};

use super::Sheet;
use super::about::Head;
use super::column::{Cell, Column};
use super::text::escaped;

pub struct Html<W: Write>(W);

const STYLE: &str = "
body { font: 14px/20px system-ui, sans-serif; margin: 24px; color: #191c21; background: #fff }
.demo { display: inline-block; padding: 2px 8px; border: 2px solid #835300; color: #835300; font-weight: 600 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0 20px }
dt { color: #59616d } dd { margin: 0; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100%; font-size: 12px; line-height: 16px }
th, td { text-align: start; vertical-align: top; padding: 4px 8px; border-bottom: 1px solid #d6dae0; overflow-wrap: anywhere }
th { color: #59616d; position: sticky; top: 0; background: #fff }
@media (prefers-color-scheme: dark) { body, th { color: #eceef2; background: #17191d } th, dt { color: #9aa1ad } th, td { border-color: #363b43 } .demo { color: #e6b85c; border-color: #e6b85c } }
@media print { body { margin: 0 } th { position: static } tr { break-inside: avoid } thead { display: table-header-group } }
";

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

impl<W: Write> Html<W> {
    pub fn begin(mut out: W, head: &Head, columns: &[Column]) -> Result<Self> {
        let title = escaped(&head.title);
        write!(
            out,
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
             <style>{STYLE}</style>\n<h1><bdi>{title}</bdi></h1>\n"
        )?;
        if head.demo {
            out.write_all(b"<p class=\"demo\">DEMO</p>\n")?;
        }
        out.write_all(b"<dl>\n")?;
        for (name, value) in &head.facts {
            writeln!(out, "<dt>{name}</dt><dd><bdi>{}</bdi></dd>", escaped(value))?;
        }
        out.write_all(b"</dl>\n<table>\n<thead><tr>")?;
        for column in columns {
            write!(out, "<th scope=\"col\">{}</th>", column.header())?;
        }
        out.write_all(b"</tr></thead>\n<tbody>\n")?;
        Ok(Self(out))
    }
}

impl<W: Write> Sheet for Html<W> {
    fn row(&mut self, cells: Vec<Cell>) -> Result<()> {
        let cells: String =
            cells.iter().map(|cell| format!("<td><bdi>{}</bdi></td>", escaped(&cell.text))).collect();
        writeln!(self.0, "<tr>{cells}</tr>")
    }

    fn end(mut self: Box<Self>) -> Result<()> {
        self.0.write_all(b"</tbody>\n</table>\n</html>\n")?;
        self.0.flush()
    }
}
