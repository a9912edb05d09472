package org.sftoolkit.emulator;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.fault.Fault;

/**
 * How an answer, though worked out, is changed and sent.
 *
 * @param change what becomes of it first; its content is in memory then
 * @param without names of headers that are left out
 * @param pace a {@link Fault.Stall} or {@link Fault.SlowBody}; null for as fast as possible
 */
record Manner(Cut cut, UnaryOperator<Answer> change, Set<String> without, Fault pace) {

    static final Manner PLAIN = cut(Cut.NONE);

    static Manner cut(Cut cut) {
        return new Manner(cut, UnaryOperator.identity(), Set.of(), null);
    }

    static Manner paced(Fault pace) {
        return new Manner(Cut.NONE, UnaryOperator.identity(), Set.of(), pace);
    }

    static Manner changed(UnaryOperator<Answer> change) {
        return new Manner(Cut.NONE, change, Set.of(), null);
    }

    /** Whether the whole content must be at hand before the answer is sent. */
    @SuppressWarnings("ReferenceEquality") // the plain manner itself, which changes nothing
    boolean needsContent() {
        return this.pace != null || cut == Cut.NONE && this != PLAIN;
    }
}
