package org.sftoolkit.benchmarks.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.component.salesforce.api.dto.AbstractDescribedSObjectBase;
import org.apache.camel.component.salesforce.api.dto.SObjectDescription;

/**
 * The Account that camel-salesforce needs. Its fields carry Salesforce's own names as its generator writes them: with others
 * its filter of null values falls into an exception per field, and would be measured slower than it is.
 */
public class Account extends AbstractDescribedSObjectBase {

    private static final SObjectDescription DESCRIPTION = new SObjectDescription();

    private String AccountNumber;
    private String Phone;
    private String Website;
    private String Industry;
    private String Type;
    private String BillingCity;
    private Double AnnualRevenue;
    private Integer NumberOfEmployees;

    public Account() {
        getAttributes().setType("Account");
    }

    static List<Account> list(int from, int count) {
        var accounts = new ArrayList<Account>(count);
        for (int i = 0; i < count; i++) {
            var account = new Account();
            account.setName("Account %010d".formatted(from + i));
            account.AccountNumber = "A-0001234";
            account.Phone = "+81-3-1234-5678";
            account.Website = "www.example.com";
            account.Industry = "Technology";
            account.Type = "Customer - Direct";
            account.BillingCity = "Chiyoda";
            account.AnnualRevenue = 123456789.0;
            account.NumberOfEmployees = 1234;
            accounts.add(account);
        }
        return accounts;
    }

    @JsonProperty("AccountNumber")
    public String getAccountNumber() {
        return AccountNumber;
    }

    @JsonProperty("AccountNumber")
    public void setAccountNumber(String accountNumber) {
        AccountNumber = accountNumber;
    }

    @JsonProperty("Phone")
    public String getPhone() {
        return Phone;
    }

    @JsonProperty("Phone")
    public void setPhone(String phone) {
        Phone = phone;
    }

    @JsonProperty("Website")
    public String getWebsite() {
        return Website;
    }

    @JsonProperty("Website")
    public void setWebsite(String website) {
        Website = website;
    }

    @JsonProperty("Industry")
    public String getIndustry() {
        return Industry;
    }

    @JsonProperty("Industry")
    public void setIndustry(String industry) {
        Industry = industry;
    }

    @JsonProperty("Type")
    public String getType() {
        return Type;
    }

    @JsonProperty("Type")
    public void setType(String type) {
        Type = type;
    }

    @JsonProperty("BillingCity")
    public String getBillingCity() {
        return BillingCity;
    }

    @JsonProperty("BillingCity")
    public void setBillingCity(String billingCity) {
        BillingCity = billingCity;
    }

    @JsonProperty("AnnualRevenue")
    public Double getAnnualRevenue() {
        return AnnualRevenue;
    }

    @JsonProperty("AnnualRevenue")
    public void setAnnualRevenue(Double annualRevenue) {
        AnnualRevenue = annualRevenue;
    }

    @JsonProperty("NumberOfEmployees")
    public Integer getNumberOfEmployees() {
        return NumberOfEmployees;
    }

    @JsonProperty("NumberOfEmployees")
    public void setNumberOfEmployees(Integer numberOfEmployees) {
        NumberOfEmployees = numberOfEmployees;
    }

    @Override
    public SObjectDescription description() {
        return DESCRIPTION;
    }
}
