package org.sftoolkit.camel.bulk;

import java.util.List;

/** Ids of existing jobs; empty if the exchange has no id. */
public record JobKeys(List<String> ids) {

    public JobKeys {
        ids = List.copyOf(ids);
    }
}
