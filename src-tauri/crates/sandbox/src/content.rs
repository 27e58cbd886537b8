//! Content of the tenant: automation rules, analytics rules, playbooks, connectors and what is broken in them.
