package org.sftoolkit.camel.config;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.SfToolkitTokenListener;
import org.sftoolkit.camel.SfToolkitTokenSource;

/** Options that say which org is talked to and how to log in. */
@UriParams
public abstract class LoginConfiguration {

    /** Where Salesforce logs users in who have no My Domain. */
    public static final String DEFAULT_LOGIN_URL = "https://login.salesforce.com";

    /** The default API version: Spring '26. */
    public static final String DEFAULT_API_VERSION = "66.0";

    @UriParam(label = "common,security", defaultValue = DEFAULT_LOGIN_URL)
    @Metadata(
            description =
                    "URL to log in at: https://login.salesforce.com, https://test.salesforce.com for sandboxes, or the"
                            + " org's My Domain URL, which is required for client credentials")
    private String loginUrl = DEFAULT_LOGIN_URL;

    @UriParam(label = "common,security")
    @Metadata(
            description =
                    "URL that calls are sent to, such as https://acme.my.salesforce.com. Required with authType=TOKEN;"
                            + " else it overrides the URL that the login returns")
    private @Nullable String instanceUrl;

    @UriParam(label = "common", defaultValue = DEFAULT_API_VERSION)
    @Metadata(description = "Version of the Salesforce API, such as 66.0, or latest for the newest version of the org")
    private String apiVersion = DEFAULT_API_VERSION;

    @UriParam(label = "security", defaultValue = "AUTO")
    @Metadata(
            description =
                    "How to log in. AUTO chooses by the options that are set: accessToken or tokenSource for TOKEN,"
                            + " refreshToken for REFRESH_TOKEN, privateKey or keyStoreParameters for JWT, cliAlias for"
                            + " CLI, userName and password for PASSWORD (with a clientId) or SOAP (without), only"
                            + " clientId and clientSecret for CLIENT_CREDENTIALS")
    private AuthType authType = AuthType.AUTO;

    @UriParam(label = "security", secret = true)
    @Metadata(description = "Consumer key of the connected app")
    private @Nullable String clientId;

    @UriParam(label = "security", secret = true)
    @Metadata(description = "Consumer secret of the connected app")
    private @Nullable String clientSecret;

    @UriParam(label = "security", secret = true)
    @Metadata(description = "Name of the user to log in as; it has the form of a mail address")
    private @Nullable String userName;

    @UriParam(label = "security", secret = true)
    @Metadata(description = "Password of the user, for authType=PASSWORD and SOAP, which Salesforce retires in 2027")
    private @Nullable String password;

    @UriParam(label = "security", secret = true)
    @Metadata(description = "Security token of the user, appended to the password if the org requires it")
    private @Nullable String securityToken;

    @UriParam(label = "security", secret = true)
    @Metadata(
            description =
                    "An access token issued elsewhere, for authType=TOKEN; needs instanceUrl. It cannot be renewed")
    private @Nullable String accessToken;

    @UriParam(label = "security")
    @Metadata(
            description =
                    "Id of the org, for authType=SOAP if users log in from a trusted network without a security token")
    private @Nullable String organizationId;

    @UriParam(label = "security", secret = true)
    @Metadata(
            description =
                    "A refresh token, for authType=REFRESH_TOKEN. If the app rotates it, the newest one is used and"
                            + " passed to the tokenListener")
    private @Nullable String refreshToken;

    @UriParam(label = "security", secret = true)
    @Metadata(
            description = "RSA private key of the connected app, for authType=JWT: PEM text (PKCS#8 or PKCS#1), or a"
                    + " resource that contains it, such as file:/etc/acme/key.pem or classpath:key.pem")
    private @Nullable String privateKey;

    @UriParam(label = "security")
    @Metadata(description = "A key store whose only key is the RSA private key of the connected app, for authType=JWT")
    private @Nullable KeyStoreParameters keyStoreParameters;

    @UriParam(label = "security")
    @Metadata(
            description =
                    "Audience of the JWT. By default https://login.salesforce.com or https://test.salesforce.com if"
                            + " loginUrl is one of them, else loginUrl itself")
    private @Nullable String jwtAudience;

    @UriParam(label = "security")
    @Metadata(
            description = "Alias or user name of the org in the Salesforce CLI (sf) of this machine, for authType=CLI")
    private @Nullable String cliAlias;

    @UriParam(label = "security,advanced", defaultValue = "sf")
    @Metadata(description = "Path of the Salesforce CLI, if it is not on the PATH")
    private String cliCommand = "sf";

    @UriParam(label = "security")
    @Metadata(description = "A bean that provides access tokens, for authType=TOKEN")
    private @Nullable SfToolkitTokenSource tokenSource;

    @UriParam(label = "security")
    @Metadata(description = "A bean that is told of each login, for example to store the newest refresh token")
    private @Nullable SfToolkitTokenListener tokenListener;

    @UriParam(label = "security", defaultValue = "true")
    @Metadata(
            description =
                    "Whether to log in with the first exchange. If false, the route starts only if the login succeeds")
    private boolean lazyLogin = true;

    @UriParam(label = "security")
    @Metadata(
            description = "Whether to end the session when the last endpoint of the connection stops. Do not set it if"
                    + " others use the same token")
    private boolean revokeOnStop;

    public String getLoginUrl() {
        return loginUrl;
    }

    public void setLoginUrl(String loginUrl) {
        this.loginUrl = loginUrl;
    }

    public @Nullable String getInstanceUrl() {
        return instanceUrl;
    }

    public void setInstanceUrl(@Nullable String instanceUrl) {
        this.instanceUrl = instanceUrl;
    }

    public String getApiVersion() {
        return apiVersion;
    }

    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    public AuthType getAuthType() {
        return authType;
    }

    public void setAuthType(AuthType authType) {
        this.authType = authType;
    }

    public @Nullable String getClientId() {
        return clientId;
    }

    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public @Nullable String getClientSecret() {
        return clientSecret;
    }

    public void setClientSecret(String clientSecret) {
        this.clientSecret = clientSecret;
    }

    public @Nullable String getUserName() {
        return userName;
    }

    public void setUserName(String userName) {
        this.userName = userName;
    }

    public @Nullable String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public @Nullable String getSecurityToken() {
        return securityToken;
    }

    public void setSecurityToken(String securityToken) {
        this.securityToken = securityToken;
    }

    public @Nullable String getAccessToken() {
        return accessToken;
    }

    public void setAccessToken(String accessToken) {
        this.accessToken = accessToken;
    }

    public @Nullable String getOrganizationId() {
        return organizationId;
    }

    public void setOrganizationId(String organizationId) {
        this.organizationId = organizationId;
    }

    public @Nullable String getRefreshToken() {
        return refreshToken;
    }

    public void setRefreshToken(String refreshToken) {
        this.refreshToken = refreshToken;
    }

    public @Nullable String getPrivateKey() {
        return privateKey;
    }

    public void setPrivateKey(String privateKey) {
        this.privateKey = privateKey;
    }

    public @Nullable KeyStoreParameters getKeyStoreParameters() {
        return keyStoreParameters;
    }

    public void setKeyStoreParameters(KeyStoreParameters keyStoreParameters) {
        this.keyStoreParameters = keyStoreParameters;
    }

    public @Nullable String getJwtAudience() {
        return jwtAudience;
    }

    public void setJwtAudience(String jwtAudience) {
        this.jwtAudience = jwtAudience;
    }

    public @Nullable String getCliAlias() {
        return cliAlias;
    }

    public void setCliAlias(String cliAlias) {
        this.cliAlias = cliAlias;
    }

    public String getCliCommand() {
        return cliCommand;
    }

    public void setCliCommand(String cliCommand) {
        this.cliCommand = cliCommand;
    }

    public @Nullable SfToolkitTokenSource getTokenSource() {
        return tokenSource;
    }

    public void setTokenSource(SfToolkitTokenSource tokenSource) {
        this.tokenSource = tokenSource;
    }

    public @Nullable SfToolkitTokenListener getTokenListener() {
        return tokenListener;
    }

    public void setTokenListener(SfToolkitTokenListener tokenListener) {
        this.tokenListener = tokenListener;
    }

    public boolean isLazyLogin() {
        return lazyLogin;
    }

    public void setLazyLogin(boolean lazyLogin) {
        this.lazyLogin = lazyLogin;
    }

    public boolean isRevokeOnStop() {
        return revokeOnStop;
    }

    public void setRevokeOnStop(boolean revokeOnStop) {
        this.revokeOnStop = revokeOnStop;
    }
}
