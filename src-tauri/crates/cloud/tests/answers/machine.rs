//! Ways in that belong to the machine: Azure CLI, managed identity, a certificate.
