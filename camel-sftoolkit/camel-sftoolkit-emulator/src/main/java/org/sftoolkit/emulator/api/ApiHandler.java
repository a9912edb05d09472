package org.sftoolkit.emulator.api;

/** One resource of the API. Called from any thread; must not wait for anything outside the JVM's memory and disk. */
@FunctionalInterface
public interface ApiHandler {

    /**
     * @throws ApiException when the call is refused
     * @throws org.sftoolkit.emulator.org.RowRefusedException when a row is refused: answered with status 400
     */
    Answer handle(ApiCall call);
}
