package org.sftoolkit.examples.companies;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.camel.dataformat.bindy.annotation.CsvRecord;
import org.apache.camel.dataformat.bindy.annotation.DataField;

/** A line of companies.csv, and at once a record to save: Jackson's annotations name the Account's fields. */
@CsvRecord(separator = ",", quote = "\"", skipFirstLine = true)
public class Company {

    @DataField(pos = 1)
    @JsonProperty("Name")
    public String name;

    @DataField(pos = 2)
    @JsonProperty("External_ID__c")
    public String ticker;

    @DataField(pos = 3)
    @JsonProperty("Industry")
    public String industry;

    @DataField(pos = 4)
    @JsonProperty("BillingCity")
    public String city;

    @DataField(pos = 5)
    @JsonProperty("BillingCountry")
    public String country;

    @DataField(pos = 6)
    @JsonProperty("Website")
    public String website;

    @DataField(pos = 7)
    @JsonProperty("NumberOfEmployees")
    public int employees;
}
