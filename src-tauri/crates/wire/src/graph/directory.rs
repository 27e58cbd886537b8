//! The directory's objects about an app: its registration, its service principal, and what that was granted.

use serde_json::Value;

record! {
    /// `GET /servicePrincipals(appId='…')`: the app inside one tenant.
    /// <https://learn.microsoft.com/graph/api/resources/serviceprincipal>
    pub struct ServicePrincipal {
        #[serde(rename = "@odata.context")]
        odata_context: String,
        id: String,
        deleted_date_time: String,
        account_enabled: bool,
        add_ins: Vec<Value>,
        alternative_names: Vec<String>,
        app_description: String,
        app_display_name: String,
        app_id: String,
        app_owner_organization_id: String,
        app_role_assignment_required: bool,
        /// What may be granted to other apps, where this one is an API.
        app_roles: Vec<AppRole>,
        application_template_id: String,
        created_date_time: String,
        description: String,
        disabled_by_microsoft_status: String,
        display_name: String,
        endpoints: Vec<Value>,
        homepage: String,
        info: Value,
        key_credentials: Vec<KeyCredential>,
        login_url: String,
        logout_url: String,
        notes: String,
        notification_email_addresses: Vec<String>,
        oauth2_permission_scopes: Vec<PermissionScope>,
        password_credentials: Vec<PasswordCredential>,
        preferred_single_sign_on_mode: String,
        preferred_token_signing_key_thumbprint: String,
        publisher_name: String,
        reply_urls: Vec<String>,
        resource_specific_application_permissions: Vec<Value>,
        saml_single_sign_on_settings: Value,
        service_principal_names: Vec<String>,
        service_principal_type: String,
        sign_in_audience: String,
        tags: Vec<String>,
        token_encryption_key_id: String,
        verified_publisher: Value,
    }
}

record! {
    /// A permission that an API offers to apps; `value` is the text in a token's `roles`.
    pub struct AppRole {
        allowed_member_types: Vec<String>,
        description: String,
        display_name: String,
        id: String,
        is_enabled: bool,
        origin: String,
        value: String,
    }
}

record! {
    /// A permission that an API offers on behalf of a person; `value` is the text in a token's `scp`.
    pub struct PermissionScope {
        admin_consent_description: String,
        admin_consent_display_name: String,
        id: String,
        is_enabled: bool,
        origin: String,
        r#type: String,
        user_consent_description: String,
        user_consent_display_name: String,
        value: String,
    }
}

record! {
    /// An item of `GET /servicePrincipals/{id}/appRoleAssignments`: one grant of one API.
    /// <https://learn.microsoft.com/graph/api/resources/approleassignment>
    pub struct AppRoleAssignment {
        #[serde(rename = "@odata.context")]
        odata_context: String,
        id: String,
        deleted_date_time: String,
        created_date_time: String,
        /// Names an [`AppRole`] of the resource; only zeros: the default access.
        app_role_id: String,
        principal_display_name: String,
        principal_id: String,
        principal_type: String,
        resource_display_name: String,
        /// The `id` of the API's own service principal.
        resource_id: String,
    }
}

record! {
    /// `GET /applications(appId='…')`, the members that are selected: the registration and its credentials.
    /// <https://learn.microsoft.com/graph/api/resources/application>
    pub struct Application {
        #[serde(rename = "@odata.context")]
        odata_context: String,
        id: String,
        app_id: String,
        display_name: String,
        password_credentials: Vec<PasswordCredential>,
        key_credentials: Vec<KeyCredential>,
    }
}

record! {
    /// A client secret; `secretText` comes only in the answer that makes it.
    pub struct PasswordCredential {
        custom_key_identifier: String,
        display_name: String,
        end_date_time: String,
        /// The first three characters of the secret.
        hint: String,
        key_id: String,
        secret_text: String,
        start_date_time: String,
    }
}

record! {
    /// A certificate. `customKeyIdentifier` is its thumbprint in most registrations, in hexadecimal or base64.
    pub struct KeyCredential {
        custom_key_identifier: String,
        display_name: String,
        end_date_time: String,
        /// The certificate itself; only on request.
        key: String,
        key_id: String,
        start_date_time: String,
        r#type: String,
        usage: String,
    }
}
