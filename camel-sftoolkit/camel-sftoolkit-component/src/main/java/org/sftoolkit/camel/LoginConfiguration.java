package org.sftoolkit.camel;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Options that say which org is talked to and how to log in. */
@UriParams
public abstract class LoginConfiguration {

    /** Where Salesforce logs users in who have no My Domain. */
    public static final String DEFAULT_LOGIN_URL = "https://login.salesforce.com";

    /** The API version unless another is asked for: Spring '26. */
    public static final String DEFAULT_API_VERSION = "66.0";

    @UriParam(label = "common,security", defaultValue = DEFAULT_LOGIN_URL)
    @Metadata(
            description =
                    "Where to log in: https://login.salesforce.com, https://test.salesforce.com for sandboxes, or the"
                            + " org's My Domain URL, which client credentials need")
    private String loginUrl = DEFAULT_LOGIN_URL;

    @UriParam(label = "common,security")
    @Metadata(
            description =
                    "Where calls go, such as https://acme.my.salesforce.com. Needed with authType=TOKEN; else the login"
                            + " tells, and this overrides what it tells")
    private String instanceUrl;

    @UriParam(label = "common", defaultValue = DEFAULT_API_VERSION)
    @Metadata(description = "Version of the Salesforce API, such as 66.0")
    private String apiVersion = DEFAULT_API_VERSION;

    @UriParam(label = "security", defaultValue = "AUTO")
    @Metadata(
            description = "How to log in. AUTO goes by the options that are set: accessToken and instanceUrl for TOKEN,"
                    + " clientId, clientSecret, userName and password for PASSWORD, clientId and clientSecret alone for"
                    + " CLIENT_CREDENTIALS")
    private AuthType authType = AuthType.AUTO;

    @UriParam(label = "security", secret = true)
    @Metadata(description = "Consumer key of the connected app")
    private String clientId;

    @UriParam(label = "security", secret = true)
    @Metadata(description = "Consumer secret of the connected app")
    private String clientSecret;

    @UriParam(label = "security", secret = true)
    @Metadata(description = "Name of the user to log in as, such as integration@acme.com")
    private String userName;

    @UriParam(label = "security", secret = true)
    @Metadata(description = "Password of the user, for authType=PASSWORD, which Salesforce retires in 2027")
    private String password;

    @UriParam(label = "security", secret = true)
    @Metadata(description = "Security token of the user, appended to the password where the org asks for it")
    private String securityToken;

    @UriParam(label = "security", secret = true)
    @Metadata(description = "An access token issued elsewhere, for authType=TOKEN. It cannot be renewed")
    private String accessToken;

    public String getLoginUrl() {
        return loginUrl;
    }

    public void setLoginUrl(String loginUrl) {
        this.loginUrl = loginUrl;
    }

    public String getInstanceUrl() {
        return instanceUrl;
    }

    public void setInstanceUrl(String instanceUrl) {
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

    public String getClientId() {
        return clientId;
    }

    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public String getClientSecret() {
        return clientSecret;
    }

    public void setClientSecret(String clientSecret) {
        this.clientSecret = clientSecret;
    }

    public String getUserName() {
        return userName;
    }

    public void setUserName(String userName) {
        this.userName = userName;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getSecurityToken() {
        return securityToken;
    }

    public void setSecurityToken(String securityToken) {
        this.securityToken = securityToken;
    }

    public String getAccessToken() {
        return accessToken;
    }

    public void setAccessToken(String accessToken) {
        this.accessToken = accessToken;
    }

    /** The login as these options describe it; throws where they contradict each other or one is missing. */
    LoginSettings loginSettings() {
        return LoginSettings.of(this);
    }
}
