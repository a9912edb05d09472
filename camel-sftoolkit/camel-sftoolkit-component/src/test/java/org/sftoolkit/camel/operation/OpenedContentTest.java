package org.sftoolkit.camel.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.model.Upload;

class OpenedContentTest {

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final OpenedContent content = new OpenedContent(new Upload.Content(3, true, this::source), read -> {});

    private InputStream source() {
        open.incrementAndGet();
        opened.incrementAndGet();
        return new ByteArrayInputStream(new byte[] {1, 2, 3}) {
            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }

    @Test
    void whatIsOpenedAfterTheCloseIsClosed() throws Exception {
        InputStream late = content.open();
        content.close();
        assertThatThrownBy(late::read).isInstanceOf(IOException.class);
        assertThat(opened).hasValue(1);
        assertThat(open).hasValue(0);
    }

    @Test
    void eachTryClosesWhatTheOneBeforeOpened() throws Exception {
        content.open().read();
        content.open().read();
        assertThat(opened).hasValue(2);
        assertThat(open).hasValue(1);
        content.close();
        assertThat(open).hasValue(0);
    }
}
