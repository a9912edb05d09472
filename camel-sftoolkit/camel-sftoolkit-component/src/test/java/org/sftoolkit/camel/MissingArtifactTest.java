package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultFactoryFinder;
import org.junit.jupiter.api.Test;

/** Applications without the artifact camel-sftoolkit-events. */
class MissingArtifactTest {

    @Test
    void aSubscriptionNamesTheArtifactThatIsMissing() throws Exception {
        try (var context = new DefaultCamelContext()) {
            context.getCamelContextExtension()
                    .setBootstrapFactoryFinder(
                            new DefaultFactoryFinder(
                                    context.getClassResolver(), "META-INF/services/org/apache/camel/") {
                                @Override
                                public <T> Optional<T> newInstance(String key, Class<T> type) {
                                    return key.equals("sftoolkit-events")
                                            ? Optional.empty()
                                            : super.newInstance(key, type);
                                }
                            });
            assertThatThrownBy(() -> context.getEndpoint(
                            "sftoolkit:subscribe:Account?instanceUrl=http://localhost:1&accessToken=t"))
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("org.sftoolkit.camel:camel-sftoolkit-events");
        }
    }
}
