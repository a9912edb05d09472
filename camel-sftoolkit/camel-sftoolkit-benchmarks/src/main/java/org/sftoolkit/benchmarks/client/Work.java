package org.sftoolkit.benchmarks.client;

/** Work that stands prepared, to be done once: what it works on was made before, so that it is not measured. */
@FunctionalInterface
interface Work {

    /** Does it, and fails loudly where an answer is not as it must be; gives the operations done. */
    long run() throws Exception;
}
