package org.sftoolkit.examples.companies;

import java.util.ArrayList;
import java.util.List;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;

/** The edits of the example. */
public class CompanyEdits {

    /** The tickers of the companies, in order. */
    public List<String> tickers(List<Company> companies) {
        return companies.stream().map(company -> company.ticker).toList();
    }

    /** The companies in lists of so many. */
    public List<List<Company>> lists(List<Company> companies, int size) {
        var lists = new ArrayList<List<Company>>();
        for (int from = 0; from < companies.size(); from += size) {
            lists.add(companies.subList(from, Math.min(companies.size(), from + size)));
        }
        return lists;
    }

    /** Gives the first of the companies one employee more, and leaves the others as they are. */
    public List<SObject> grow(List<SObject> companies, int count) {
        for (SObject company : companies.subList(0, count)) {
            company.put("NumberOfEmployees", ((Number) company.get("NumberOfEmployees")).intValue() + 1);
        }
        return companies;
    }

    /** The first entries of a list. */
    public List<String> first(List<String> tickers, int count) {
        return tickers.subList(0, count);
    }

    /** Records that were sent. */
    public long written(List<SaveResult> results) {
        return results.size() - skipped(results);
    }

    /** Records that were not sent, because nothing of them had changed. */
    public long skipped(List<SaveResult> results) {
        return results.stream().filter(SaveResult::skipped).count();
    }
}
