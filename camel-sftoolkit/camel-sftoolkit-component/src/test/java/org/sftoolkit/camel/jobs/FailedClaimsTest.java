package org.sftoolkit.camel.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.jobs.JobTaker.Claim;
import org.sftoolkit.camel.jobs.StoredJob.Step;

class FailedClaimsTest {

    private final StoredLoad load =
            new StoredLoad("id", "", "bulk", "Account", "", true, true, "2026-01-01T00:00:00Z", List.of());
    private final Claim a = claim("a");
    private final Claim b = claim("b");
    private final Claim c = claim("c");
    private final FailedClaims failed = new FailedClaims();

    private Claim claim(String part) {
        return new Claim(load, StoredJob.created(part, "750", 1, "").at(Step.CLOSED));
    }

    @Test
    void theJobThatFailedLastComesLast() {
        assertThat(failed.last(List.of(a, b, c))).containsExactly(a, b, c);
        failed.add(a);
        failed.add(b);
        assertThat(failed.last(List.of(a, b, c))).containsExactly(c, a, b);
        failed.add(a);
        assertThat(failed.last(List.of(a, b, c))).containsExactly(c, b, a);
        failed.remove(b);
        assertThat(failed.last(List.of(a, b, c))).containsExactly(b, c, a);
    }

    @Test
    void jobsThatAreNotClaimedAnyMoreAreForgotten() {
        failed.add(a);
        failed.add(b);
        failed.last(List.of(b));
        assertThat(failed.contains(a)).isFalse();
        assertThat(failed.contains(b)).isTrue();
    }
}
