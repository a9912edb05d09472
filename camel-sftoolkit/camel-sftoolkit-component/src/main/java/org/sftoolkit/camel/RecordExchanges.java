package org.sftoolkit.camel;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.support.EmptyAsyncCallback;
import org.apache.camel.support.SynchronizationAdapter;
import org.sftoolkit.camel.body.CloseWithExchange;
import org.sftoolkit.camel.operation.OutputType;
import org.sftoolkit.camel.poll.Batch;
import org.sftoolkit.camel.poll.PolledRecord;
import org.sftoolkit.camel.poll.Progress;

/** Makes exchanges of polled records, keeps few of them under way, and tells the progress how each ended. */
final class RecordExchanges {

    private static final long PATIENCE = 500;

    private final SfToolkitConsumer consumer;
    private final ConsumerPosition position;
    private final DeliveredBefore before;
    private final PollSettings settings;
    private final Class<?> type;
    private final int mostInFlight;
    private final List<PolledRecord> gathered = new ArrayList<>();

    RecordExchanges(
            SfToolkitConsumer consumer, ConsumerPosition position, DeliveredBefore before, PollSettings settings) {
        this.consumer = consumer;
        this.position = position;
        this.before = before;
        this.settings = settings;
        this.type = consumer.getEndpoint().recordClass();
        this.mostInFlight = consumer.getEndpoint().getConfiguration().isSynchronous() ? 1 : settings.maxInFlight();
    }

    /** Hands on what is new in a batch, at most so many exchanges; what is left over goes back to the source. */
    int deliver(Batch batch, Progress progress, int most, PolledSource source) throws Exception {
        List<PolledRecord> records = batch.records();
        boolean[] fresh = new boolean[records.size()];
        int count = 0;
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] = isNew(records.get(i), progress);
            count += fresh[i] ? 1 : 0;
        }
        int size = Math.min(count, most);
        int sent = 0;
        for (int i = 0; i < fresh.length; i++) {
            boolean stop = progress.failure() != null || !consumer.isBatchAllowed() || !consumer.isRunAllowed();
            if (stop || fresh[i] && sent == size) {
                source.giveBack(records.subList(i, records.size()), batch);
                source.leftFollows(
                        i == 0 ? progress.cursor() : records.get(i - 1).after());
                return sent;
            }
            if (fresh[i]) {
                hand(records.get(i), sent, size, progress);
                sent++;
            } else if (gathered.isEmpty()) {
                progress.pass(records.get(i).after());
            }
            position.save(false);
        }
        if (gathered.isEmpty()) {
            progress.pass(batch.after());
        } else if (!batch.more()) {
            flush(progress);
            progress.pass(batch.after());
        }
        return sent;
    }

    private boolean isNew(PolledRecord record, Progress progress) {
        return progress.isNew(record) && !before.contains(record);
    }

    private void hand(PolledRecord record, int index, int size, Progress progress) throws Exception {
        progress.awaitEarlierVersion(record);
        if (settings.outputType() == OutputType.LIST) {
            gathered.add(record);
            if (gathered.size() >= settings.listSize()) {
                flush(progress);
            }
            return;
        }
        Exchange exchange = consumer.createExchange(true);
        exchange.getMessage().setBody(body(record));
        IdHeader.set(exchange, record.position().id(), sObject(record));
        exchange.getMessage()
                .setHeader(SfToolkitConstants.CHANGE, record.change().name());
        exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
        exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, size);
        exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == size - 1);
        consumer.pending(size - index - 1);
        send(exchange, List.of(record), progress);
    }

    private String sObject(PolledRecord record) {
        return consumer.query().sObject() != null
                ? consumer.query().sObject()
                : record.record().type();
    }

    /** Hands on the records that were gathered for a list. Answers the number of exchanges. */
    int flush(Progress progress) throws Exception {
        if (gathered.isEmpty() || progress.failure() != null) {
            gathered.clear();
            return 0;
        }
        List<PolledRecord> records = List.copyOf(gathered);
        gathered.clear();
        Exchange exchange = consumer.createExchange(true);
        var bodies = new ArrayList<Object>(records.size());
        records.forEach(record -> bodies.add(body(record)));
        exchange.getMessage().setBody(bodies);
        send(exchange, records, progress);
        return 1;
    }

    /** One exchange whose body reads on while it is read. */
    void stream(Progress progress, PolledSource source) throws Exception {
        Exchange exchange = consumer.createExchange(true);
        var stream = new PolledStream(consumer, source, progress, before, this::body);
        exchange.getMessage().setBody(stream);
        exchange.getMessage()
                .setHeader(SfToolkitConstants.SOBJECT, consumer.query().sObject());
        exchange.getExchangeExtension().addOnCompletion(stream.completion());
        CloseWithExchange.add(exchange, stream);
        consumer.getAsyncProcessor().process(exchange, EmptyAsyncCallback.get());
        stream.awaitEnd(() -> position.save(false));
    }

    private void send(Exchange exchange, List<PolledRecord> records, Progress progress) throws InterruptedException {
        PolledRecord last = records.get(records.size() - 1);
        exchange.getMessage()
                .setHeader(SfToolkitConstants.SOBJECT, consumer.query().sObject());
        exchange.getMessage()
                .setHeader(SfToolkitConstants.WATERMARK, last.position().stamp().toString());
        while (progress.inFlight() >= mostInFlight) {
            progress.awaitInFlight(mostInFlight - 1, PATIENCE);
            position.save(false);
        }
        Progress.Delivery delivery = progress.begin(records);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange done) {
                boolean rolledBack = done.isRollbackOnly() || done.isRollbackOnlyLast();
                end(rolledBack ? new IllegalStateException("the exchange was rolled back") : null);
            }

            @Override
            public void onFailure(Exchange done) {
                end(
                        done.getException() == null
                                ? new IllegalStateException("the exchange failed")
                                : done.getException());
            }

            private void end(Throwable cause) {
                if (cause == null || settings.skipFailures()) {
                    records.forEach(before::ended);
                }
                progress.end(delivery, cause);
            }
        });
        consumer.getAsyncProcessor().process(exchange, EmptyAsyncCallback.get());
    }

    private Object body(PolledRecord record) {
        return type == null ? record.record() : BeanRecords.MAPPER.convertValue(record.record(), type);
    }

    /** Waits for the exchanges under way and writes down where the consumer stands. */
    void awaitAll(Progress progress) throws InterruptedException {
        gathered.clear();
        while (progress.inFlight() > 0) {
            progress.awaitInFlight(0, PATIENCE);
            position.save(false);
        }
        before.flush();
        position.save(true);
    }
}
