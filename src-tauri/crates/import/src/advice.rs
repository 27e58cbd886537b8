//! What to do with a file that is not JSON.

/// For whatever is neither JSON nor anything that is known here.
pub const NO_JSON: &str = "Not a kind of file that holds rules. Rules and playbooks are imported as JSON.";

/// A sentence for the file's ending; None when the file may be JSON and should be read.
pub fn instead(ending: &str) -> Option<&'static str> {
    Some(match ending.to_ascii_lowercase().as_str() {
        "json" | "jsonc" | "json5" | "template" | "" | "txt" => return None,
        "bicep" => "Bicep: run `az bicep build --file NAME.bicep` and import the JSON it writes.",
        "bicepparam" => {
            "Bicep parameters: run `az bicep build-params --file NAME.bicepparam` and import the JSON it writes."
        }
        "tf" | "tofu" => {
            "Terraform: run `terraform plan -out plan`, then `terraform show -json plan > plan.json`, and import that file."
        }
        "tfvars" | "tfstate" | "tfplan" => {
            "Terraform: import the output of `terraform show -json` on the plan or the state."
        }
        "yaml" | "yml" => {
            "YAML: not read. Deploy it and read the tenant, or export the rule from the portal as JSON, and import that."
        }
        "ps1" | "psm1" | "psd1" | "sh" | "bash" | "cmd" | "bat" | "py" | "js" | "ts" | "cs" => {
            "A script: not run. Run it where it belongs, then read the tenant or import the JSON it sends."
        }
        "csv" | "tsv" | "xlsx" => "A table: not read. Rules and playbooks are imported as JSON.",
        "md" | "html" | "pdf" | "docx" => {
            "A text for people: not read. Save the JSON it shows as a file of its own and import that."
        }
        "zip" | "gz" | "tar" | "7z" => "An archive: not opened. Unpack it and import the folder.",
        "kql" | "kusto" | "csl" => "A query: not read. Import the rule that runs it, as JSON.",
        "png" | "jpg" | "jpeg" | "gif" | "svg" | "ico" => "A picture: nothing to read.",
        _ => NO_JSON,
    })
}
