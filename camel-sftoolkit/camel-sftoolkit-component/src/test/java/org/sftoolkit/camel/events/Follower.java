package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.sftoolkit.camel.error.PositionOvertakenException;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.Token;
import org.sftoolkit.camel.transport.TokenSource;

/** A subscription to a simulated bus, its store, and a route whose exchanges take some time and end in any order. */
final class Follower {

    final VirtualTime time;
    final SimulatedBus bus;
    final Map<String, String> store = new HashMap<>();
    final List<EventDelivery> begun = new ArrayList<>();
    final List<ChannelEvent> completed = new ArrayList<>();
    final List<EventDelivery> ended = new ArrayList<>();
    final Map<String, Integer> reconnects = new HashMap<>();
    int logins;
    int underWay;
    int mostUnderWay;
    int mostHeld;
    double failures;
    Duration work = Duration.ZERO;
    boolean overlapped;
    boolean storeFails;
    int saves;

    Amendment amendment = Amendment.NONE;
    CompletedEvents completions;
    final SimulatedOrg org;
    private final Random random;
    private final Set<String> busy = new HashSet<>();
    private Token token = new Token("t0", "https://acme.my.salesforce.com");
    private Subscription subscription;
    private int life;

    Follower(VirtualTime time, SimulatedBus bus, Random random) {
        this.time = time;
        this.bus = bus;
        this.random = random;
        this.org = new SimulatedOrg(time, random);
    }

    Subscription start(List<String> channels, UnaryOperator<SubscriptionSettings> change) {
        int mine = ++life;
        var tokens = new TokenSource() {
            @Override
            public Future<Token> token(long since) {
                return Future.succeededFuture(token);
            }

            @Override
            public Future<Token> renew(Token refused, long since) {
                if (refused.equals(token)) {
                    token = new Token("t" + ++logins, "https://acme.my.salesforce.com");
                }
                return Future.succeededFuture(token);
            }
        };
        var positions = new EventPositions() {
            private final Map<String, String> known = new HashMap<>();

            @Override
            public Future<String> load(String channel) {
                known.put(channel, store.get(channel));
                return Future.succeededFuture(store.get(channel));
            }

            @Override
            public Future<Void> save(String channel, String text) {
                saves++;
                if (storeFails) {
                    return Future.failedFuture("the disk is full");
                }
                if (mine == life) {
                    if (!Objects.equals(store.get(channel), known.get(channel))) {
                        return Future.failedFuture(new PositionOvertakenException(channel));
                    }
                    known.put(channel, text);
                    store.put(channel, text);
                }
                return Future.succeededFuture();
            }
        };
        var meters = new SubscriptionMeters() {
            @Override
            public void reconnected(String channel, String code) {
                reconnects.merge(code, 1, Integer::sum);
            }
        };
        subscription = new Subscription(
                channels,
                new SubscriptionServices(
                        new BusSession(
                                token -> bus,
                                tokens,
                                of -> Future.succeededFuture("00D000000000001AAA"),
                                Future::succeededFuture),
                        positions,
                        amendment,
                        org,
                        completions),
                delivery -> begin(mine, delivery),
                change.apply(Settings.USUAL),
                time.time(),
                meters,
                step -> time.execute(() -> {
                    if (mine == life) {
                        step.run();
                    }
                }),
                LogContext.NONE);
        subscription.start();
        return subscription;
    }

    private void begin(int mine, EventDelivery delivery) {
        begun.add(delivery);
        if (delivery.unreadable() != null) {
            subscription.ack(delivery, delivery.unreadable());
            return;
        }
        underWay++;
        mostUnderWay = Math.max(mostUnderWay, underWay);
        subscription.show();
        mostHeld = Math.max(
                mostHeld,
                subscription.status().stream()
                        .mapToInt(ChannelStatus::held)
                        .max()
                        .orElse(0));
        Set<String> keys = delivery.events().stream().map(OrderKey.RECORD::of).collect(Collectors.toSet());
        overlapped |= keys.stream().anyMatch(busy::contains);
        busy.addAll(keys);
        Duration takes = work.isZero() ? Duration.ofMillis(random.nextInt(50)) : work;
        time.in(takes, () -> {
            if (mine != life) {
                return;
            }
            underWay--;
            busy.removeAll(keys);
            boolean fails = random.nextDouble() < failures;
            if (!fails) {
                completed.addAll(delivery.events());
                ended.add(delivery);
            }
            subscription.ack(delivery, fails ? new IllegalStateException("the route failed") : null);
        });
    }

    /** The route is stopped. */
    void stop() {
        Future<Void> stopped = subscription.stop();
        time.until(Duration.ofMinutes(1), stopped::isComplete);
    }

    /** The process dies: nothing of it happens any more. */
    void kill() {
        life++;
        underWay = 0;
        busy.clear();
        List.copyOf(bus.streams).forEach(SimulatedBus.Stream::close);
    }
}
