package org.sftoolkit.camel.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.ext.web.client.WebClientOptions;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.SfToolkitConfiguration;

class TransportSettingsTest {

    private final SfToolkitConfiguration options = new SfToolkitConfiguration();

    private WebClientOptions clientOptions() throws Exception {
        try (var context = new DefaultCamelContext()) {
            return TransportSettings.of(options, context).clientOptions(context);
        }
    }

    @Test
    void chunksAreAsLargeAsAReadUnlessTheUserSaysElse() throws Exception {
        assertThat(clientOptions().getMaxChunkSize()).isEqualTo(65_536);
        options.setWebClientOptions(new WebClientOptions().setMaxChunkSize(1000));
        assertThat(clientOptions().getMaxChunkSize()).isEqualTo(1000);
    }

    @Test
    void optionsOfTheComponentComeBeforeThoseOfTheClient() throws Exception {
        var own = new WebClientOptions().setMaxPoolSize(3).setMaxHeaderSize(12_345);
        options.setWebClientOptions(own);
        options.setMaxConnections(17);
        assertThat(clientOptions().getMaxPoolSize()).isEqualTo(17);
        assertThat(clientOptions().getMaxHeaderSize()).isEqualTo(12_345);
        assertThat(own.getMaxPoolSize()).as("the user's bean stays as it was").isEqualTo(3);
    }
}
