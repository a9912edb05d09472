package org.sftoolkit.examples.invoices;

import org.sftoolkit.emulator.CustomField;
import org.sftoolkit.emulator.CustomObject;
import org.sftoolkit.emulator.SalesforceEmulator;

/** An embedded org with invoices, to try routes by hand; runs until the process is ended. */
public final class LocalOrg {

    private LocalOrg() {}

    /** Listens on port 8089; waits for ever. */
    public static void main(String[] args) throws InterruptedException {
        SalesforceEmulator org = SalesforceEmulator.builder()
                .port(8089)
                .object(CustomObject.named("Invoice__c", "a0I")
                        .with(CustomField.text("Number__c", 30).externalId(), CustomField.currency("Amount__c", 16, 2)))
                .start();
        System.out.println("embedded org at " + org.url());
        Thread.currentThread().join();
    }
}
