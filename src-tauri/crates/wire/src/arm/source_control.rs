//! Repositories that deploy Sentinel content.

use super::resource::Resource;
use serde_json::Value;

/// `GET …/sourcecontrols[/{id}]`.
pub type SourceControl = Resource<SourceControlProperties>;

record! {
    /// `contentTypes` says `AnalyticRule` up to 2024-04 and `AnalyticsRule` from 2025-09-01.
    pub struct SourceControlProperties {
        id: String,
        version: String,
        display_name: String,
        description: String,
        repo_type: String,
        content_types: Vec<String>,
        repository: Repository,
        /// Credentials, when writing; never in an answer.
        repository_access: Value,
        service_principal: ServicePrincipal,
        repository_resource_info: RepositoryResourceInfo,
        last_deployment_info: DeploymentInfo,
        pull_request: PullRequest,
    }
}

record! {
    /// Where the content lies.
    pub struct Repository {
        url: String,
        branch: String,
        display_url: String,
        deployment_logs_url: String,
        path_mapping: Value,
    }
}

record! {
    /// The identity that deploys.
    pub struct ServicePrincipal {
        id: String,
        tenant_id: String,
        app_id: String,
        credentials_expire_on: String,
    }
}

record! {
    /// What was set up on the repository's side.
    pub struct RepositoryResourceInfo {
        webhook: Webhook,
        git_hub_resource_info: GitHubResourceInfo,
        azure_dev_ops_resource_info: AzureDevOpsResourceInfo,
    }
}

record! {
    /// The hook that tells Sentinel of a push.
    pub struct Webhook {
        webhook_id: String,
        webhook_url: String,
        webhook_secret_update_time: String,
        rotate_webhook_secret: bool,
    }
}

record! {
    /// The app on GitHub.
    pub struct GitHubResourceInfo {
        app_installation_id: String,
    }
}

record! {
    /// The pipeline on Azure DevOps.
    pub struct AzureDevOpsResourceInfo {
        pipeline_id: String,
        service_connection_id: String,
    }
}

record! {
    /// The newest deployment, if it could be read.
    pub struct DeploymentInfo {
        deployment_fetch_status: String,
        deployment: Deployment,
        message: String,
    }
}

record! {
    /// `deploymentState` and `deploymentResult` are apart: a completed one may have failed.
    pub struct Deployment {
        deployment_id: String,
        deployment_state: String,
        deployment_result: String,
        deployment_time: String,
        deployment_logs_url: String,
    }
}

record! {
    /// The request that brought the workflow file.
    pub struct PullRequest {
        url: String,
        state: String,
    }
}
