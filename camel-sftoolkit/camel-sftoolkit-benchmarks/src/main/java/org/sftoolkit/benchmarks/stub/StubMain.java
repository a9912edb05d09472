package org.sftoolkit.benchmarks.stub;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** Starts the stub on loopback and prints its port; ends when its standard input does, and so with the process that began it. */
public final class StubMain {

    private StubMain() {}

    /** @param args the port; without it or with 0, any that is free */
    public static void main(String[] args) throws Exception {
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        int port = new StubServer(vertx)
                .listen(args.length == 0 ? 0 : Integer.parseInt(args[0]))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        System.out.println(port);
        while (System.in.read() >= 0) {
            // nothing is expected but the end
        }
        vertx.close();
    }
}
