package org.sftoolkit.emulator.soql;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.sftoolkit.emulator.org.Org;

/**
 * For whom, when and over what a statement is evaluated. Immutable.
 *
 * @param now start of the statement; date literals refer to it
 * @param zone the user's time zone, in which date literals begin and end
 * @param userId owner of the rows of {@code USING SCOPE mine}
 * @param dataPath path of the API version, such as {@code /services/data/v66.0}; addresses in answers begin with it
 * @param withDeleted whether rows in the recycle bin count, as in queryAll
 */
public record QueryContext(Org org, Instant now, ZoneId zone, String userId, String dataPath, boolean withDeleted) {

    LocalDate today() {
        return LocalDate.ofInstant(now, zone);
    }
}
