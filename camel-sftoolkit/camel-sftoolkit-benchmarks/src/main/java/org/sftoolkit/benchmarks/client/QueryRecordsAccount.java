package org.sftoolkit.benchmarks.client;

import java.util.List;
import org.apache.camel.component.salesforce.api.dto.AbstractQueryRecordsBase;

/** A page of Accounts, as camel-salesforce needs it. */
public class QueryRecordsAccount extends AbstractQueryRecordsBase<Account> {

    private List<Account> records;

    @Override
    public List<Account> getRecords() {
        return records;
    }

    @Override
    public void setRecords(List<Account> records) {
        this.records = records;
    }
}
