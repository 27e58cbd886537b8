//! Entra ID: discovery, tokens, and why there is none.

record! {
    snake
    /// `GET /{tenant}/v2.0/.well-known/openid-configuration`.
    pub struct OpenidConfiguration {
        issuer: String,
        authorization_endpoint: String,
        token_endpoint: String,
        device_authorization_endpoint: String,
        end_session_endpoint: String,
        userinfo_endpoint: String,
        kerberos_endpoint: String,
        jwks_uri: String,
        token_endpoint_auth_methods_supported: Vec<String>,
        response_modes_supported: Vec<String>,
        response_types_supported: Vec<String>,
        subject_types_supported: Vec<String>,
        scopes_supported: Vec<String>,
        claims_supported: Vec<String>,
        id_token_signing_alg_values_supported: Vec<String>,
        request_uri_parameter_supported: bool,
        http_logout_supported: bool,
        frontchannel_logout_supported: bool,
        tenant_region_scope: String,
        cloud_instance_name: String,
        cloud_graph_host_name: String,
        msgraph_host: String,
        rbac_url: String,
    }
}

record! {
    snake
    /// `POST /{tenant}/oauth2/v2.0/token`, 200. `expires_in` is in seconds.
    pub struct Token {
        token_type: String,
        scope: String,
        expires_in: i64,
        ext_expires_in: i64,
        access_token: String,
        refresh_token: String,
        id_token: String,
    }
}

record! {
    snake
    /// The same call, 400 or 401. Decide by `error_codes`, then `error`; wording changes.
    pub struct TokenError {
        error: String,
        error_description: String,
        error_codes: Vec<i64>,
        timestamp: String,
        trace_id: String,
        correlation_id: String,
        error_uri: String,
        suberror: String,
        /// A claims challenge to send back, as JSON text.
        claims: String,
    }
}

record! {
    snake
    /// The first part of an access token.
    pub struct JwtHeader {
        typ: String,
        alg: String,
        kid: String,
        x5t: String,
        nonce: String,
    }
}

record! {
    snake
    /// The second part of an access token: read to show what it grants, never to trust it.
    /// Times are seconds since 1970.
    pub struct JwtClaims {
        aud: String,
        iss: String,
        iat: i64,
        nbf: i64,
        exp: i64,
        aio: String,
        /// The application, in v1 tokens.
        appid: String,
        app_displayname: String,
        appidacr: String,
        /// The application, in v2 tokens.
        azp: String,
        azpacr: String,
        idp: String,
        idtyp: String,
        oid: String,
        sub: String,
        tid: String,
        upn: String,
        unique_name: String,
        rh: String,
        roles: Vec<String>,
        scp: String,
        tenant_region_scope: String,
        uti: String,
        ver: String,
        wids: Vec<String>,
        xms_cc: Vec<String>,
        xms_tcdt: i64,
    }
}
