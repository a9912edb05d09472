package org.sftoolkit.camel.bulk;

import java.util.List;

/** Ids of existing jobs; none where an exchange names none. */
public record JobKeys(List<String> ids) {

    public JobKeys {
        ids = List.copyOf(ids);
    }
}
